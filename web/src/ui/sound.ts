// A soft bell of two tones, made on the spot. A page that nobody has touched may not sound; then it
// stays silent.
const TONES_HZ = [659.25, 987.77]; // E5 and B5
const APART_S = 0.18;
const FADES_S = 1.6;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

export function chime(): void {
  try {
    context ??= new AudioContext();
    void context.resume();
    const { currentTime: now, destination } = context;
    for (const [index, frequency] of TONES_HZ.entries()) {
      const begins = now + index * APART_S;
      const tone = new OscillatorNode(context, { frequency });
      const volume = new GainNode(context, { gain: 0 });
      volume.gain.setValueAtTime(LOUDNESS, begins);
      volume.gain.exponentialRampToValueAtTime(0.0001, begins + FADES_S);
      tone.connect(volume).connect(destination);
      tone.start(begins);
      tone.stop(begins + FADES_S);
    }
  } catch {
    // No sound is no trouble: the warning is seen and announced.
  }
}
