/** Prints a figure that the README names, so that it can be found in the output of the tests. */
export const printFigure = (line: string) => process.stdout.write(`FIGURE ${line}\n`);
