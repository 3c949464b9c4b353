import { noAnswerFrom } from '../../nodes/ComplyCube/transport/exchange';
import { Failure } from '../../nodes/ComplyCube/transport/failure';
import { resultOf } from '../../nodes/ComplyCube/transport/failureTable';

const failureOf = (code: string) =>
	resultOf(
		noAnswerFrom(Object.assign(new Error('x'), { code })),
		{ method: 'POST', path: '/clients' },
		'test_key',
	) as Failure;

// With TLS 1.3 the server asks for the client's certificate, or refuses it, when the request is on its way already
it.each([
	'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
	'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
	'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
	'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN',
])('a request that ends with the alert %s may have been sent', (code) => {
	const failure = failureOf(code);
	expect(failure.doubtful).toBe(true);
	expect(failure.message).toBe('The secure connection to the API broke');
	expect(failure.details.description).not.toMatch(/not sent/i);
});

it.each(['CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'])(
	'a certificate that is refused here, with %s, is known to have kept the request back',
	(code) => {
		expect(failureOf(code).doubtful).toBe(false);
	},
);
