/**
 * @param ms Epoch ms; now unless given.
 * @returns The time as the API writes it, e.g. `2025-01-31T12:00:00.000Z`.
 */
export const isoTime = (ms = Date.now()): string => new Date(ms).toISOString();
