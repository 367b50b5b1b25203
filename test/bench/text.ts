import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { newSid } from '../simulator/sid';
import { OUR_NUMBER, PERSON } from '../support/twilioAccount';

/** A request by which Twilio tells of a text. */
export interface TextRequest {
	url: string;
	headers: Record<string, string>;
	body: string;
	parameters: Record<string, string>;
}

/** What Twilio says of a text; each is a message of its own. */
function parametersOf(body: string): Record<string, string> {
	const sid = newSid('SM');
	return {
		ToCountry: 'US',
		ToState: 'CA',
		SmsMessageSid: sid,
		NumMedia: '0',
		ToCity: 'SAN FRANCISCO',
		FromZip: '94103',
		SmsSid: sid,
		FromState: 'CA',
		SmsStatus: 'received',
		FromCity: 'SAN FRANCISCO',
		Body: body,
		FromCountry: 'US',
		To: OUR_NUMBER,
		ToZip: '94105',
		NumSegments: '1',
		MessageSid: sid,
		AccountSid: 'AC00000000000000000000000000000001',
		From: PERSON,
		ApiVersion: '2010-04-01',
	};
}

/** As a number's webhook is called, which this package's trigger listens to. */
export function formRequest(authToken: string, url: string, text: string): TextRequest {
	const parameters = parametersOf(text);
	return {
		url,
		headers: {
			'content-type': 'application/x-www-form-urlencoded',
			'x-twilio-signature': getExpectedTwilioSignature(authToken, url, parameters),
		},
		body: new URLSearchParams(parameters).toString(),
		parameters,
	};
}

/**
 * As Event Streams call, which n8n's own trigger listens to.
 *
 * @see https://www.twilio.com/docs/events/webhook-quickstart
 */
export function eventRequest(authToken: string, sink: string, text: string): TextRequest {
	const parameters = parametersOf(text);
	const body = JSON.stringify([
		{
			specversion: '1.0',
			type: 'com.twilio.messaging.inbound-message.received',
			source: `/2010-04-01/Accounts/${parameters.AccountSid}/Messages/${parameters.MessageSid}.json`,
			id: parameters.MessageSid,
			datacontenttype: 'application/json',
			time: '2026-01-01T00:00:00.000Z',
			data: parameters,
		},
	]);
	const url = `${sink}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
	return {
		url,
		headers: {
			'content-type': 'application/json',
			'x-twilio-signature': getExpectedTwilioSignature(authToken, url, {}),
		},
		body,
		parameters,
	};
}
