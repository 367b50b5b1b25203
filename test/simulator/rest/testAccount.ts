import type { RequestHandler } from 'express';
import { Router } from 'express';
import type { Account } from '../account';
import { newMessage } from '../message';
import { isTestAccount, notForTests, unauthenticated } from './authentication';
import { badRequest } from './exception';
import { formOf, respond } from './exchange';
import { messageContent } from './messageContent';
import { requiredParameters } from './messageParameters';
import { recipient } from './messageSender';

const SENDER = '+15005550006';

const SENDER_ERRORS: Record<string, [code: number, message: string]> = {
	'+15005550001': [21212, "The 'From' number +15005550001 is not a valid phone number."],
	'+15005550008': [21611, "This 'From' number has exceeded the maximum number of queued messages"],
};

const RECIPIENT_ERRORS: Record<string, [code: number, message: string]> = {
	'+15005550001': [21211, "The 'To' number +15005550001 is not a valid phone number."],
	'+15005550002': [21612, "The 'To' phone number: +15005550002, is not currently reachable."],
	'+15005550003': [
		21408,
		'Permission to send an SMS has not been enabled for the region indicated by the ' +
			"'To' number: +15005550003",
	],
	'+15005550004': [21610, 'Attempt to send to unsubscribed recipient'],
	'+15005550009': [21614, "'To' number is not a valid mobile number"],
};

/**
 * The account behind the test credentials: magic numbers bring about what real ones might, and a
 * message is answered but never sent, charged, called back about or found again.
 */
export function testAccount(account: Account): RequestHandler {
	const router = Router({ caseSensitive: true, strict: true });
	router.post('/Messages.json', (request, response) => {
		const form = formOf(request);
		const given = requiredParameters(form);
		const [to, from] = [recipient(given.to), given.from ?? ''];
		refuse(SENDER_ERRORS[from]);
		if (from !== SENDER) {
			const reason =
				'is not a valid, SMS-capable inbound phone number or short code for your account.';
			refuse([21606, `The From phone number ${from} ${reason}`]);
		}
		refuse(RECIPIENT_ERRORS[to]);
		const { body, mediaUrls } = messageContent(account, form);
		const message = newMessage({
			...{ accountSid: account.testCredentials.sid, direction: 'outbound-api', status: 'queued' },
			...{ from, to, body, numMedia: mediaUrls.length },
		});
		respond(response, 201, message);
	});
	router.use(() => {
		throw notForTests();
	});
	return (request, response, next) => {
		if (request.params.accountSid !== account.testCredentials.sid) return next();
		if (!isTestAccount(account, request)) throw unauthenticated(response);
		router(request, response, next);
	};
}

function refuse(error?: [code: number, message: string]): void {
	if (error !== undefined) throw badRequest(...error);
}
