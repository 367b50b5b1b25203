import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { NUMBER, PERSON, closeAll, startTwilio } from './fixture';

afterEach(closeAll);

async function startAccount() {
	const { url, account } = await startTwilio();
	account.resources.addNumber({ phoneNumber: NUMBER });
	const headers = { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` };
	return { url, account, headers, path: `/2010-04-01/Accounts/${account.sid}` };
}

describe('the API', () => {
	it.each(['/', '/nothing', '/2010-04-01/Accounts', '/2010-04-01/accounts/x.json'])(
		'does not know %s',
		async (unknown) => {
			const { url } = await startAccount();
			const response = await fetch(`${url}${unknown}?a=1`);
			expect(await response.json()).toEqual({
				code: 20404,
				message: `The requested resource ${unknown} was not found`,
				more_info: 'https://www.twilio.com/docs/errors/20404',
				status: 404,
			});
		},
	);

	it('minds the case of paths', async () => {
		const { url, path, headers } = await startAccount();
		expect((await fetch(`${url}${path}/messages.json`, { headers })).status).toBe(404);
	});

	it.each(['/Messages.json', '/IncomingPhoneNumbers.json'])(
		'allows only the known methods on %s',
		async (resource) => {
			const { url, path, headers } = await startAccount();
			const response = await fetch(url + path + resource, { method: 'PUT', headers });
			expect(await response.json()).toMatchObject({ code: 20004, status: 405 });
		},
	);

	it('keeps a log of what it was asked', async () => {
		const { url, account, path, headers } = await startAccount();
		await fetch(`${url}${path}/Messages.json?PageSize=1`, { headers });
		await fetch(`${url}${path}/Messages.json`, {
			method: 'POST',
			headers,
			body: new URLSearchParams({ To: PERSON }),
		});
		expect(account.requests).toEqual([
			{
				...{ method: 'GET', path: `${path}/Messages.json`, status: 200 },
				...{ query: [['PageSize', '1']], form: [] },
			},
			{
				...{ method: 'POST', path: `${path}/Messages.json`, status: 400 },
				...{ query: [], form: [['To', PERSON]] },
			},
		]);
	});

	it('refuses a body larger than any message', async () => {
		const { url, path, headers } = await startAccount();
		const body = new URLSearchParams({ Body: 'a'.repeat(2_000_000) });
		const response = await fetch(`${url}${path}/Messages.json`, { method: 'POST', headers, body });
		expect(response.status).toBe(413);
	});

	it.each([
		'GET /%E0%A4%A HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
		'GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
		'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
		'nonsense\r\n\r\n',
	])('survives the request %j', async (garbage) => {
		const { url, path, headers } = await startAccount();
		const socket = connect(Number(new URL(url).port), '127.0.0.1');
		socket.write(garbage);
		expect(await text(socket)).toMatch(/^HTTP\/1\.1 4/);
		expect((await fetch(`${url}${path}/Messages.json`, { headers })).status).toBe(200);
	});
});
