import { createRoot } from 'react-dom/client';
import { App, fetchFirst } from './app';
import { followTheme } from './ui/preferences';
import './ui/styles/index.css';

followTheme();

const root = document.getElementById('root');
const draw = () => root && createRoot(root).render(<App />);
// What cannot be fetched is asked for once more when it is drawn, and then said.
void fetchFirst(window.location.pathname).then(draw, draw);

// On a slow line letters would take the place of the code that makes the page work.
const dress = () => void import('./ui/styles/fonts.css');
if (document.readyState === 'complete') dress();
else window.addEventListener('load', dress, { once: true });
