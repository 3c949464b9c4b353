import { posix } from 'node:path';
import ts from 'typescript';

/** A folder or a single file of the project, and what its code may import besides itself. */
export interface Room {
	/** Path from the project's root, with slashes. A file belongs to the room with the longest path that fits. */
	place: string;
	/** Folders and files it may import from, with all they hold. */
	imports: string[];
	/** The only packages it may import; any if this is missing. */
	packages?: string[];
}

/** One import of a file; an import of types counts as well. */
export interface Import {
	/** The importing file. */
	from: string;
	/** As written in the file. */
	specifier: string;
	/** The imported file, if the specifier is relative and leads to one. */
	file?: string;
	/** The imported package, if the specifier is not relative. */
	package?: string;
}

const OPTIONS: ts.CompilerOptions = {
	module: ts.ModuleKind.NodeNext,
	moduleResolution: ts.ModuleResolutionKind.NodeNext,
	allowImportingTsExtensions: true,
	allowJs: true,
	resolveJsonModule: true,
};

const isIn = (file: string, place: string) => file === place || file.startsWith(`${place}/`);

/** `n8n-core` for `n8n-core/dist/x`, `@n8n/di` for `@n8n/di/x`. */
const packageOf = (specifier: string) =>
	specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');

/**
 * Reads the project's source files.
 *
 * @param root The project's root folder
 * @param folders Folders to read, from there
 * @returns The files' texts, by their paths from the root
 */
export function readSources(root: string, folders: string[]): Map<string, string> {
	const paths = folders.flatMap((folder) =>
		ts.sys.readDirectory(posix.join(root, folder), ['.ts', '.cts', '.mts', '.js', '.cjs', '.mjs']),
	);
	return new Map(paths.map((path) => [posix.relative(root, path), ts.sys.readFile(path)!]));
}

/**
 * Finds every import of some files.
 *
 * @param root The project's root folder. Imported files that are not among the sources are looked up there
 * @param sources The files' texts, by their paths from the root
 */
export function importsOf(root: string, sources: Map<string, string>): Import[] {
	const host: ts.ModuleResolutionHost = {
		fileExists: (path) => sources.has(posix.relative(root, path)) || ts.sys.fileExists(path),
		readFile: ts.sys.readFile,
	};
	return [...sources].flatMap(([from, text]) =>
		ts.preProcessFile(text, true, true).importedFiles.map(({ fileName: specifier }): Import => {
			if (!specifier.startsWith('.')) return { from, specifier, package: packageOf(specifier) };
			const path = posix.join(root, from);
			const { resolvedModule } = ts.resolveModuleName(specifier, path, OPTIONS, host);
			const file = resolvedModule && posix.relative(root, resolvedModule.resolvedFileName);
			return { from, specifier, file };
		}),
	);
}

/** The room a file belongs to. */
export const roomOf = (file: string, rooms: Room[]): Room | undefined =>
	rooms
		.filter(({ place }) => isIn(file, place))
		.sort((a, b) => b.place.length - a.place.length)
		.at(0);

/** The imports a room must not have: of another room or a package, or of a file that does not exist. */
export function forbiddenImports(room: Room, imports: Import[], rooms: Room[]): string[] {
	const isAllowed = (imported: Import) => {
		if (imported.package) return room.packages?.includes(imported.package) ?? true;
		const { file } = imported;
		if (!file) return false;
		return roomOf(file, rooms) === room || room.imports.some((place) => isIn(file, place));
	};
	return imports
		.filter((imported) => roomOf(imported.from, rooms) === room && !isAllowed(imported))
		.map(({ from, specifier, file, package: name }) =>
			file || name
				? `${from} imports ${file ?? name}`
				: `${from} imports ${specifier}: no such file`,
		);
}

/**
 * Every step of a circle of folders, as `a -> b`: a file in `a` imports one in `b`, from where imports lead back to `a`.
 *
 * @param folderOf The folder a file counts for
 */
export function circularSteps(imports: Import[], folderOf = posix.dirname): string[] {
	const next = new Map<string, Set<string>>();
	for (const { from, file } of imports) {
		const [folder, imported] = [folderOf(from), file && folderOf(file)];
		if (!imported || imported === folder) continue;
		next.set(folder, (next.get(folder) ?? new Set()).add(imported));
	}
	const leadsTo = (start: string, end: string, seen = new Set<string>()): boolean => {
		if (start === end) return true;
		if (seen.has(start)) return false;
		seen.add(start);
		return [...(next.get(start) ?? [])].some((folder) => leadsTo(folder, end, seen));
	};
	return [...next].flatMap(([folder, imported]) =>
		[...imported].filter((other) => leadsTo(other, folder)).map((other) => `${folder} -> ${other}`),
	);
}
