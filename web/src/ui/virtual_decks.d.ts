declare module 'virtual:deck/*' {
  /** SVG by card id; the pack `back` has one entry of that name. */
  const faces: Record<string, string>;
  export default faces;
}
