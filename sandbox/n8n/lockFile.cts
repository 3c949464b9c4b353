/** The part of a lock file of npm that is needed here. */
interface LockFile {
	packages: Record<string, LockedPackage>;
}

interface LockedPackage {
	/** Only if it differs from the folder's name. */
	name?: string;
	version?: string;
	resolved?: string;
}

/**
 * Adds to a lock file where each package is downloaded. The lock files here do not say it, because it depends on the
 * registry in use; but without it npm asks the registry for all versions of each package, which takes longer than
 * downloading the one that is wanted.
 *
 * @param text The lock file
 * @param registry The registry's address
 */
export function addAddresses(text: string, registry: string): string {
	const lockFile = JSON.parse(text) as LockFile;
	for (const [place, locked] of Object.entries(lockFile.packages)) {
		if (place === '') continue;
		const name = locked.name ?? place.split('node_modules/').at(-1)!;
		const file = `${name.split('/').at(-1)}-${locked.version}.tgz`;
		locked.resolved ??= `${registry.replace(/\/$/, '')}/${name}/-/${file}`;
	}
	return JSON.stringify(lockFile);
}
