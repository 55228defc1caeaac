import { Notice } from '../ui/notice';
import { texts } from '../ui/texts';

export function NotFoundPage() {
  return (
    <Notice
      title={texts.notFound.title}
      message={texts.notFound.sentence}
      testId="not-found-screen"
    />
  );
}
