import type { NewFault } from '../../simulator/fault';
import { NUMBER, PERSON, closeAll, startTwilio, until } from './fixture';
import { twilioClient } from './twilioClient';

afterEach(closeAll);

async function startAccount() {
	const simulator = await startTwilio({ statusDelay: 60_000 });
	const { account, url } = simulator;
	account.resources.addNumber({ phoneNumber: NUMBER });
	const headers = { Authorization: `Basic ${btoa(`${account.sid}:${account.authToken}`)}` };
	const messagesUrl = `${url}/2010-04-01/Accounts/${account.sid}/Messages.json`;
	return {
		account,
		client: twilioClient(simulator),
		list: () => fetch(messagesUrl, { headers, redirect: 'manual' }),
		create: (signal?: AbortSignal) =>
			fetch(messagesUrl, {
				method: 'POST',
				headers,
				signal,
				body: new URLSearchParams({ To: PERSON, From: NUMBER, Body: 'hi' }),
			}),
	};
}

describe('a request that a test lets fail', () => {
	it.each([
		[429, 20429, 'Too Many Requests'],
		[500, 20500, 'Internal Server Error'],
		[503, 20503, 'Service Unavailable'],
	])('is answered %d with Twilio’s error', async (status, code, message) => {
		const { account, client } = await startAccount();
		account.conditions.fail({ with: { status } });
		await expect(client.messages.list()).rejects.toMatchObject({ status, code, message });
		await expect(client.messages.list()).resolves.toEqual([]);
	});

	it('may be told when to come back', async () => {
		const { account, list } = await startAccount();
		account.conditions.fail({ with: { status: 429, retryAfter: '1' } });
		expect((await list()).headers.get('Retry-After')).toBe('1');
	});

	it('may be answered with any body', async () => {
		const { account, list } = await startAccount();
		account.conditions.fail({ with: { status: 503, body: 'upstream connect error' } });
		expect(await (await list()).text()).toBe('upstream connect error');
		account.conditions.fail({
			with: { status: 400, body: { code: 21608, message: 'no', status: 400 } },
		});
		expect(await (await list()).json()).toEqual({ code: 21608, message: 'no', status: 400 });
	});

	it('may be answered by a gateway, in HTML', async () => {
		const { account, list } = await startAccount();
		account.conditions.fail({ with: { html: true } });
		const response = await list();
		expect(response.status).toBe(502);
		expect(response.headers.get('Content-Type')).toMatch('text/html');
	});

	it('may be sent elsewhere', async () => {
		const { account, list } = await startAccount();
		account.conditions.fail({ with: { redirect: 'https://elsewhere.example/' } });
		const response = await list();
		expect(response.status).toBe(307);
		expect(response.headers.get('Location')).toBe('https://elsewhere.example/');
	});

	it('may take its time and then succeed', async () => {
		const { account, create } = await startAccount();
		account.conditions.fail({ with: { delay: 50 } });
		const started = performance.now();
		expect((await create()).status).toBe(201);
		expect(performance.now() - started).toBeGreaterThan(45);
	});

	it('is done even if the one who asked has given up meanwhile', async () => {
		const { account, create } = await startAccount();
		account.conditions.fail({ with: { delay: 300 } });
		await expect(create(AbortSignal.timeout(100))).rejects.toThrow('timeout');
		await until(account, () => account.messages.length === 1);
		expect(account.requests).toMatchObject([{ method: 'POST', status: 0 }]);
	});

	it('does nothing when the connection is cut before', async () => {
		const { account, create } = await startAccount();
		account.conditions.fail({ with: 'reset-before' });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(account.messages).toEqual([]);
		expect(account.requests).toMatchObject([{ method: 'POST', status: 0 }]);
	});

	it('is done all the same when only its answer is lost', async () => {
		const { account, create } = await startAccount();
		account.conditions.fail({ with: 'reset-after' });
		await expect(create()).rejects.toThrow('fetch failed');
		expect(account.messages).toHaveLength(1);
		expect(account.requests).toMatchObject([{ method: 'POST', status: 0 }]);
		expect((await create()).status).toBe(201);
	});

	it.each<[string, Omit<NewFault, 'with'>, number[]]>([
		['once', {}, [503, 200, 200]],
		['as often as it should', { times: 2 }, [503, 503, 200]],
		['every time', { times: Infinity }, [503, 503, 503]],
		['not if it is of another method', { method: 'POST' }, [200, 200, 200]],
		['not if it goes elsewhere', { path: /Applications/ }, [200, 200, 200]],
		[
			'whichever method and path fit',
			{ method: 'get', path: /Messages/g, times: 2 },
			[503, 503, 200],
		],
	])('fails %s', async (_when, fault, expected) => {
		const { account, list } = await startAccount();
		account.conditions.fail({ ...fault, with: { status: 503 } });
		const statuses = [];
		for (let n = 0; n < 3; n++) statuses.push((await list()).status);
		expect(statuses).toEqual(expected);
	});

	it('meets what was ordered first, first', async () => {
		const { account, list } = await startAccount();
		account.conditions.fail({ with: { status: 500 } });
		account.conditions.fail({ with: { status: 503 } });
		expect([(await list()).status, (await list()).status]).toEqual([500, 503]);
	});
});

describe('the concurrency limit', () => {
	it('refuses what is over it at once and does nothing of it', async () => {
		const { account, create } = await startAccount();
		account.conditions.concurrencyLimit = 2;
		account.conditions.requestDelay = 300;
		const statuses = (await Promise.all([1, 2, 3, 4].map(() => create()))).map(
			({ status }) => status,
		);
		expect(statuses.sort()).toEqual([201, 201, 429, 429]);
		expect(account.messages).toHaveLength(2);
		expect((await create()).status).toBe(201);
	});

	it('is refused in Twilio’s words, with a time to come back if there is one', async () => {
		const { account, create, list } = await startAccount();
		account.conditions.concurrencyLimit = 0;
		account.conditions.retryAfter = '2';
		const response = await create();
		expect(response.headers.get('Retry-After')).toBe('2');
		expect(await response.json()).toEqual({
			code: 20429,
			message: 'Too Many Requests',
			more_info: 'https://www.twilio.com/docs/errors/20429',
			status: 429,
		});
		account.conditions.retryAfter = undefined;
		expect((await list()).headers.has('Retry-After')).toBe(false);
	});

	it('is none by default, and every answer tells how many were in flight', async () => {
		const { account, create } = await startAccount();
		account.conditions.requestDelay = 300;
		const responses = await Promise.all([1, 2, 3].map(() => create()));
		const counts = responses.map(({ headers }) => headers.get('Twilio-Concurrent-Requests'));
		expect(counts.sort()).toEqual(['1', '2', '3']);
		expect(account.conditions.peakConcurrency).toBe(3);
	});

	it('counts a request no longer than it lasts', async () => {
		const { account, list } = await startAccount();
		for (let n = 0; n < 3; n++) await list();
		expect(account.conditions.peakConcurrency).toBe(1);
	});
});
