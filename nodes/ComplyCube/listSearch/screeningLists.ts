import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { connect } from '../transport/connection';
import { Failure } from '../transport/failure';
import { nodeApiError } from '../transport/nodeApiError';
import { NO_LIST } from '../transport/pages';
import { textsFrom } from '../values/list';

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
