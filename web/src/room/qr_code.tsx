// A link to be read by a phone's camera. The library comes only when it is wanted.
import { useEffect, useState } from 'react';
import { texts } from '../ui/texts';

export function QrCode({ text }: { text: string }) {
  const [path, setPath] = useState<{ size: number; d: string } | null>(null);
  useEffect(() => {
    let gone = false;
    void import('uqr').then(({ encode }) => {
      const { size, data } = encode(text, { ecc: 'M', border: 2 });
      if (!gone) setPath({ size, d: squares(data) });
    });
    return () => {
      gone = true;
    };
  }, [text]);
  return (
    <div className="qr" data-testid="qr-code">
      {path && (
        <svg
          viewBox={`0 0 ${path.size} ${path.size}`}
          role="img"
          aria-label={texts.invites.qr}
          shapeRendering="crispEdges"
        >
          <rect width={path.size} height={path.size} fill="#fff" />
          <path d={path.d} fill="#1c1526" />
        </svg>
      )}
    </div>
  );
}

const squares = (rows: boolean[][]): string =>
  rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
