import { Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient';
import type { Simulator } from '../../simulator/server';

/** Sends what was meant for `https://api.twilio.com` to the simulator, and changes nothing else. */
class LocalRequestClient extends RequestClient {
	constructor(private readonly origin: string) {
		super();
	}

	override request<TData>(options: RequestClient.RequestOptions<TData>) {
		const { pathname, search } = new URL(options.uri);
		return super.request<TData>({ ...options, uri: `${this.origin}${pathname}${search}` });
	}
}

export function twilioClient(
	{ url, account }: Simulator,
	username = account.sid,
	password = account.authToken,
	accountSid = account.sid,
): Twilio {
	const httpClient = new LocalRequestClient(url);
	return new Twilio(username, password, { accountSid, httpClient });
}
