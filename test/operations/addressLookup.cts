import type { Simulator } from '../../simulator/server.cts';
import { newId } from '../../simulator/store.cts';
import { ID, type Rows } from './row.cts';

const ADDRESS = {
	propertyNumber: '4',
	buildingName: 'The Tower',
	line: 'Common Street',
	city: 'London',
	state: 'Greater London',
	postalCode: 'W10 1LL',
	country: 'GB',
};

/** The ID is the postal code of an address. */
const seedPostalCode = ({ settings }: Simulator): string => {
	const postalCode = newId();
	settings.knownAddresses.push({ ...ADDRESS, postalCode });
	return postalCode;
};

export const addressLookup: Rows = {
	search: {
		method: 'POST',
		parameters: { line: 'Common Street', postalCode: ID, country: 'GB' },
		seed: seedPostalCode,
		replies: [ADDRESS],
	},
};
