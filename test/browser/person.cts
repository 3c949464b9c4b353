import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Editor } from '../../sandbox/editor/editor.cts';

/**
 * Makes the function that declares a test of what a person does. If such a test fails, it takes a picture of the window.
 *
 * @param editor returns the window, once it is open
 */
export const personWith =
	(editor: () => Editor) =>
	(does: string, steps: () => Promise<void>): void => {
		it(does, async () => {
			try {
				await steps();
			} catch (error) {
				const file = join(await mkdtemp(join(tmpdir(), 'n8n-editor-')), 'failed.jpg');
				await editor().takePicture(file);
				process.stdout.write(`PICTURE of the failure of "${does}": ${file}\n`);
				throw error;
			}
		});
	};
