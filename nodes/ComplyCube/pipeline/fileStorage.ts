import { Failure } from '../transport/failure';
import { cutText, plainLine } from '../values/text';

/** How n8n's storage of files, which may be a folder, its database or S3, says what is wrong; and the same in words. */
const REASONS: Array<[RegExp, string]> = [
	[/ENOSPC|EDQUOT|disk full|SQLITE_FULL/i, 'there is no space left'],
	[/EACCES|EPERM|EROFS/, 'n8n may not use the folder in which it keeps files'],
	[/ENOENT|not found|EntityNotFound/i, 'it is no longer where n8n kept it'],
	[/exceeds the max size limit/, 'it is larger than N8N_BINARY_DATA_DATABASE_MAX_FILE_SIZE allows'],
];

const LONGEST_REASON = 200;

/** The reason in words; if it is none that we know, as it was thrown. */
function reasonOf(thrown: unknown): string {
	const { code, name, message } = (thrown ?? {}) as Record<string, unknown>;
	const said = [code, name, message].filter(Boolean).join(' ');
	const [, reason] = REASONS.find(([pattern]) => pattern.test(said)) ?? [];
	const thrownSentence = cutText(plainLine(String(message ?? '')), LONGEST_REASON);
	return reason ?? (thrownSentence || 'it does not say why');
}

/**
 * Words what n8n's storage of files throws when a file is read.
 *
 * @param thrown by n8n's helper
 * @param what the file as a sentence begins with it, e.g. "The file in 'data'"
 */
export const unreadableFile = (thrown: unknown, what: string): Failure =>
	new Failure(`${what} could not be read from n8n's storage: ${reasonOf(thrown)}`, {
		param: 'inputDataFieldName',
		description:
			"Nothing was sent for this item. Run the node again that the file comes from, or see n8n's settings for binary data.",
	});

/**
 * Words what n8n's storage of files throws when a downloaded file is written.
 *
 * @param thrown by n8n's helper
 */
export const unstorableFile = (thrown: unknown): Failure =>
	new Failure(`The file was downloaded, but n8n could not store it: ${reasonOf(thrown)}`, {
		description:
			"Nothing was changed at ComplyCube: it is safe to run this item again. See n8n's settings for binary data.",
	});

/**
 * Words what n8n's storage of files throws when an image that came with a paid reply is written.
 *
 * @param thrown by n8n's helper
 */
export const unstorableImage = (thrown: unknown): Failure =>
	new Failure(
		`ComplyCube's reply came, but n8n could not store an image in it: ${reasonOf(thrown)}`,
		{
			description:
				"ComplyCube has counted the request: running this item again counts once more. See n8n's settings for binary data.",
		},
	);
