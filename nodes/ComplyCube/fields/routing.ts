import type { INodeProperties } from 'n8n-workflow';

type Routing = INodeProperties['routing'];

/** Puts the value of a field into the body of the request; a dot leads into an object, e.g. `personDetails.dob`. */
export const inBody = (property: string): Routing => ({ send: { type: 'body', property } });

/** Puts the value of a field into the query of the request. */
export const inQuery = (property: string): Routing => ({ send: { type: 'query', property } });

/** ComplyCube names nested attributes with a dot, which n8n would make an object of (API page "Filtering"). */
export const filterBy = (property: string): Routing =>
	property.includes('.')
		? { send: { type: 'query', property, propertyInDotNotation: false } }
		: inQuery(property);
