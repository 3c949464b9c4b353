import type { Failure } from '../transport/failure';
import { prepareChange, type ChangePlan } from './kinds/change';
import { prepareCreateFor, type CreateForPlan } from './kinds/createFor';
import { prepareDelete, type DeletePlan } from './kinds/delete';
import { prepareDownload, type DownloadPlan } from './kinds/download';
import { prepareEdit, type EditPlan } from './kinds/edit';
import { prepareList, type ListPlan } from './kinds/list';
import { prepareMatches, type MatchesPlan } from './kinds/matches';
import { prepareRead, type ReadPlan } from './kinds/read';
import { prepareSearch, type SearchPlan } from './kinds/search';
import { prepareSplit, type SplitPlan } from './kinds/split';
import { prepareUpsert, type UpsertPlan } from './kinds/upsert';
import type { Item, Send } from './request';

/** What a GET can be for. */
export type GetPlan = ListPlan | ReadPlan | SplitPlan | DownloadPlan | MatchesPlan;

/** What a POST can be for. */
export type PostPlan = ChangePlan | EditPlan | UpsertPlan | CreateForPlan | SearchPlan;

/** What an operation wants of the pipeline beyond sending its request. */
export type Plan = GetPlan | PostPlan | DeletePlan;

const READING: Array<Plan['kind']> = ['list', 'read', 'split', 'download', 'matches'];

/** Whether an operation changes something at ComplyCube, be it only how much of the paid quota is left. */
export const isChanging = ({ kind }: Plan): boolean => !READING.includes(kind);

/**
 * Reads and checks everything the user entered for an item, before anything is sent: nothing is sent for an item that cannot
 * be carried out, and n8n evaluates an expression faster before the item's first pause.
 *
 * @param item the input item and its request
 * @param plan the operation's plan
 * @returns what sends the request and makes output items of the reply, or why the item cannot be carried out
 */
export async function prepare(item: Item, plan: Plan): Promise<Send | Failure> {
	switch (plan.kind) {
		case 'list':
			return prepareList(item, plan);
		case 'read':
			return prepareRead(item, plan);
		case 'split':
			return prepareSplit(item, plan);
		case 'change':
			return await prepareChange(item, plan);
		case 'search':
			return prepareSearch(item, plan);
		case 'edit':
			return await prepareEdit(item, plan);
		case 'upsert':
			return prepareUpsert(item, plan);
		case 'createFor':
			return prepareCreateFor(item, plan);
		case 'matches':
			return prepareMatches(item, plan);
		case 'delete':
			return prepareDelete(item, plan);
		case 'download':
			return prepareDownload(item, plan);
	}
}
