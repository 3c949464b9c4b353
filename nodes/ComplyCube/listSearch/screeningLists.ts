import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { textsFrom } from '../values/list';

const NO_LIST = new Failure('The answer was not a list as ComplyCube sends it', {
	description: "Check that 'Base URL' in the credential is the address of the API.",
});

/**
 * Lists what a screening can search in (API page "Screening Lists").
 *
 * @returns the names, as ComplyCube sorts them
 * @throws NodeApiError with ComplyCube's reason if there are none
 */
export async function getScreeningLists(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const connection = await connect(this);
	if (connection instanceof Failure) throw nodeApiError(this.getNode(), connection);
	const path = '/static/screeningLists';
	const reply = await connection.send({ method: 'GET', path, isArray: true });
	if (reply instanceof Failure) throw nodeApiError(this.getNode(), reply);
	if (!Array.isArray(reply.items)) throw nodeApiError(this.getNode(), NO_LIST);
	return textsFrom(reply.items).map((name) => ({ name, value: name }));
}
