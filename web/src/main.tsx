import { createRoot } from 'react-dom/client';
import { App } from './app';
import { followTheme } from './ui/preferences';
import './ui/styles/index.css';

followTheme();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);

// On a slow line letters would take the place of the code that makes the page work.
const dress = () => void import('./ui/styles/fonts.css');
if (document.readyState === 'complete') dress();
else window.addEventListener('load', dress, { once: true });
