const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home|home\.arpa|test|invalid|example)$/i;

const LOOPBACK =
	/^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:.*\])\.?$/i;

// Loopback, private, link-local, carrier-grade NAT and unspecified addresses.
const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const PRIVATE_IPV4 =
	/^(0|10|127)\.|^169\.254\.|^172\.(1[6-9]|2\d|3[01])\.|^192\.168\.|^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const PRIVATE_IPV6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe[89ab][0-9a-f]:.*|::ffff:.*)\]$/i;

/** Whether a host name, as `URL.hostname` gives it, means this machine and no other. */
export function isLoopbackHost(hostname: string): boolean {
	return LOOPBACK.test(hostname);
}

/** Whether a host name, as `URL.hostname` gives it, can be one that Twilio reaches. */
export function isPublicHost(hostname: string): boolean {
	if (hostname.startsWith('[')) return !PRIVATE_IPV6.test(hostname);
	const name = hostname.replace(/\.$/, '');
	if (IPV4.test(name)) return !PRIVATE_IPV4.test(name);
	return name.includes('.') && !LOCAL_NAME.test(name);
}
