// Writes a second HTML file beside index.html that asks at once for the code of one page, which
// index.html finds out about only when its own script has run.
import { firstLoad, type Bundle } from './budget.ts';

/** A Vite plugin. `fileName` is the HTML file of `page`. */
export function pageAhead(page: string, fileName: string) {
  return {
    name: 'page-ahead',
    apply: 'build' as const,
    enforce: 'post' as const,
    generateBundle(
      this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): unknown },
      _: unknown,
      bundle: object,
    ): void {
      this.emitFile({ type: 'asset', fileName, source: htmlAhead(bundle as Bundle, page) });
    },
  };
}

export function htmlAhead(bundle: Bundle, page: string): string {
  const index = bundle['index.html'];
  if (index?.type !== 'asset') throw new Error('index.html is not written yet');
  const html = String(index.source);
  const links = [...firstLoad(bundle, page).keys()]
    .filter((file) => !html.includes(`/${file}"`))
    .map((file) => `    <link rel="modulepreload" crossorigin href="/${file}">\n`);
  return html.replace('  </head>', `${links.join('')}  </head>`);
}
