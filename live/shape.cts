/** The kinds of value at each path, e.g. `items[].createdAt`. The whole is at the empty path. */
export type Shape = Map<string, Set<string>>;

/** Of texts, the first that matches. Base64 is told from words by its length. */
const KINDS_OF_TEXT: Array<[kind: string, pattern: RegExp]> = [
	['empty text', /^$/],
	['time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
	['date', /^\d{4}-\d\d-\d\d$/],
	['time in another format', /^\d{4}-\d\d-\d\d/],
	['URL', /^https?:\/\/\S+$/],
	['Base64', /^[A-Za-z\d+/]{200,}={0,2}$/],
	['text', /[^]/],
];

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'list';
	if (typeof value !== 'string') return typeof value;
	return KINDS_OF_TEXT.find(([, pattern]) => pattern.test(value))![0];
}

const below = (path: string, name: string) => (path ? `${path}.${name}` : name);

/**
 * Describes JSON without its values.
 *
 * @param dataLevels How many outer levels of objects have keys that are data: they become `*`
 */
export function shapeOf(json: unknown, dataLevels = 0): Shape {
	const shape: Shape = new Map();
	const add = (value: unknown, path: string, levels: number): void => {
		shape.set(path, (shape.get(path) ?? new Set()).add(kindOf(value)));
		if (Array.isArray(value)) {
			for (const item of value) add(item, `${path}[]`, levels);
		} else if (typeof value === 'object' && value !== null) {
			for (const [name, inner] of Object.entries(value)) {
				add(inner, below(path, levels > 0 ? '*' : name), levels - 1);
			}
		}
	};
	add(json, '', dataLevels);
	return shape;
}

/** @returns Whether a path lies inside what another one leads to */
export const isInside = (path: string, outer: string): boolean =>
	path !== outer && (outer === '' || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[]`));

/** @returns E.g. `number or text`; undefined if there is nothing at the path */
export function kindsAt(shape: Shape, path: string): string | undefined {
	const kinds = shape.get(path);
	return kinds && [...kinds].sort().join(' or ');
}
