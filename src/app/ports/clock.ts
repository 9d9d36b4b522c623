/** Milliseconds since the Unix epoch, UTC. */
export type Clock = () => number;
