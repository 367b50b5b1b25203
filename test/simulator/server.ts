import { once, setMaxListeners } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Account } from './account';
import { startMediaHost } from './mediaHost';
import { phone } from './phone/routes';
import { api } from './rest/api';
import { Cookies } from './webhook/cookies';
import { deliver } from './webhook/delivery';

export interface SimulatorOptions {
	/** 0, the default, is any free one. */
	port?: number;
	accountSid?: string;
	authToken?: string;
	/** Where a webhook URL really lives; signature and Host header stay those of the URL itself. */
	route?: (url: URL) => URL;
	/** Milliseconds between a message's statuses. */
	statusDelay?: number;
	/** Milliseconds before a webhook is called again; none, unless given. */
	retryDelay?: number;
}

export interface Simulator {
	/** The one origin of all of Twilio's products, without a trailing slash. */
	url: string;
	phoneUrl: string;
	account: Account;
	close(): Promise<void>;
}

/** Starts a Twilio with one account, reachable from this machine only. */
export async function startSimulator({
	port = 0,
	accountSid,
	authToken,
	route = (url) => url,
	statusDelay = 20,
	retryDelay = 0,
}: SimulatorOptions = {}): Promise<Simulator> {
	const closing = new AbortController();
	const { signal } = closing;
	// Every message under way waits for its next status or for this.
	setMaxListeners(0, signal);
	const cookies = new Cookies();
	const account: Account = new Account({
		sid: accountSid,
		authToken,
		statusDelay,
		signal,
		route,
		deliver: (delivery) =>
			deliver(delivery, { authToken: account.authToken, cookies, route, retryDelay, signal }),
	});

	const app = express().disable('x-powered-by').disable('etag');
	app.use('/phone', phone(account));
	app.use(api(account));
	const server = createServer({ keepAliveTimeout: 120_000 }, app).listen(port, '127.0.0.1');
	await once(server, 'listening');
	const mediaHost = await startMediaHost(account);
	account.mediaOrigin = mediaHost.origin;

	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	account.origin = url;
	return {
		url,
		phoneUrl: `${url}/phone`,
		account,
		async close() {
			closing.abort();
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await Promise.all([closed, mediaHost.close()]);
		},
	};
}
