/** An error as Twilio's REST API answers it. */
export class RestException extends Error {
	constructor(
		readonly status: number,
		readonly code: number,
		message: string,
		/** Seen on 401 only, and empty there. */
		readonly detail?: string,
	) {
		super(message);
	}

	get body(): object {
		return {
			code: this.code,
			...(this.detail !== undefined && { detail: this.detail }),
			message: this.message,
			more_info: `https://www.twilio.com/docs/errors/${this.code}`,
			status: this.status,
		};
	}
}

export function badRequest(code: number, message: string): RestException {
	return new RestException(400, code, message);
}

export function notFound(path: string): RestException {
	return new RestException(404, 20404, `The requested resource ${path} was not found`);
}

export function methodNotAllowed(): RestException {
	return new RestException(405, 20004, 'Method not allowed');
}
