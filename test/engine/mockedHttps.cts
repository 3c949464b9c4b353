import http from 'node:http';
import nock from 'nock';

nock.restore();
const { request, get } = http;
nock.activate();
// The simulator is asked over plain http through a proxy agent of n8n's, which nock cannot pass on
Object.assign(http, { request, get });

/** Answers in place of hosts on the internet, by https only. */
export { nock };
