/** A row of a query's result, by column. */
export type DatabaseRow = Record<string, string | number | null>;
