/** How often a text contains another one. */
export const occurrencesOf = (part: string, text: string): number => text.split(part).length - 1;
