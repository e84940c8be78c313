// Many times in milliseconds, and what they come to.

export class Samples {
  constructor() {
    this.values = new Float32Array(1 << 16);
    this.count = 0;
  }

  push(value) {
    if (this.count === this.values.length) {
      const more = new Float32Array(this.count * 2);
      more.set(this.values);
      this.values = more;
    }
    this.values[this.count++] = value;
  }

  // By nearest rank.
  summary() {
    const sorted = this.values.slice(0, this.count).sort();
    const at = (percent) => sorted[Math.max(1, Math.round((this.count * percent) / 100)) - 1] ?? null;
    return { count: this.count, p50: at(50), p95: at(95), p99: at(99), max: at(100) };
  }
}

export const newResults = () => ({
  propagation: new Samples(),
  acknowledgement: new Samples(),
  frames: 0,
  gaps: 0,
  closed: [],
  refused: [],
});
