import { createRoot } from 'react-dom/client';
import { App } from './app';
import { followTheme } from './ui/preferences';
import './ui/styles/index.css';

followTheme();

const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
