import type { Failure } from '../transport/failure';
import { prepareChange, type ChangePlan } from './kinds/change';
import { prepareDelete, type DeletePlan } from './kinds/delete';
import { prepareDownload, type DownloadPlan } from './kinds/download';
import { prepareList, type ListPlan } from './kinds/list';
import { prepareRead, type ReadPlan } from './kinds/read';
import { prepareSearch, type SearchPlan } from './kinds/search';
import { prepareSplit, type SplitPlan } from './kinds/split';
import type { Item, Send } from './request';

/** What a GET can be for. */
export type GetPlan = ListPlan | ReadPlan | SplitPlan | DownloadPlan;

/** What a POST can be for. */
export type PostPlan = ChangePlan | SearchPlan;

/** What an operation wants of the pipeline beyond sending its request. */
export type Plan = GetPlan | PostPlan | DeletePlan;

/** Whether an operation changes something at ComplyCube, be it only how much of the paid quota is left. */
export const isChanging = ({ kind }: Plan): boolean =>
	kind === 'change' || kind === 'delete' || kind === 'search';

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
		case 'delete':
			return prepareDelete(item, plan);
		case 'download':
			return prepareDownload(item, plan);
	}
}
