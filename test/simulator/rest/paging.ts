import { badRequest } from './exception';

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;
const INVALID_PAGE_TOKEN = 21481;

interface Listed {
	sid: string;
}

interface Asked {
	path: string;
	query: URLSearchParams;
}

/** One page in the envelope of the 2010 API. Links are relative. */
export function pageOf<Item extends Listed>(items: Item[], key: string, asked: Asked): object {
	const { size, page, slice, links } = cut(items, asked);
	return {
		first_page_uri: links.first,
		end: Math.max(0, page * size + slice.length - 1),
		previous_page_uri: links.previous,
		[key]: slice,
		uri: links.self,
		page_size: size,
		start: slice.length === 0 ? 0 : page * size,
		next_page_uri: links.next,
		page,
	};
}

/** One page in the envelope of the APIs after it, whose links are whole URLs. */
export function metaPageOf<Item extends Listed>(
	items: Item[],
	key: string,
	{ path, query, origin }: Asked & { origin: string },
): object {
	const { size, page, slice, links } = cut(items, { path: origin + path, query });
	return {
		meta: {
			page,
			page_size: size,
			first_page_url: links.first,
			previous_page_url: links.previous,
			url: links.self,
			next_page_url: links.next,
			key,
		},
		[key]: slice,
	};
}

/**
 * A token names the last item of the page before it, so that items arriving meanwhile at the front
 * shift nothing. Links keep the filters.
 */
function cut<Item extends Listed>(items: Item[], { path, query }: Asked) {
	const size = pageSize(query.get('PageSize'));
	const page = Math.max(0, Math.trunc(Number(query.get('Page') ?? 0)) || 0);
	const first = firstIndex(items, query.get('PageToken'), { page, size });
	const slice = items.slice(first, first + size);

	const link = (number: number, token?: string) => {
		const parameters = new URLSearchParams(query);
		parameters.delete('PageToken');
		parameters.set('PageSize', String(size));
		parameters.set('Page', String(number));
		if (token !== undefined) parameters.set('PageToken', token);
		return `${path}?${parameters.toString()}`;
	};
	const hasNext = slice.length > 0 && first + size < items.length;
	const hasPrevious = slice.length > 0 && page > 0;
	const links = {
		first: link(0),
		previous: hasPrevious ? link(page - 1, `PB${slice[0]!.sid}`) : null,
		self: link(page, query.get('PageToken') ?? undefined),
		next: hasNext ? link(page + 1, `PA${slice.at(-1)!.sid}`) : null,
	};
	return { size, page, slice, links };
}

function pageSize(text: string | null): number {
	const size = Number(text ?? DEFAULT_PAGE_SIZE);
	return Number.isInteger(size) && size > 0 ? Math.min(size, MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE;
}

function firstIndex(
	items: Listed[],
	token: string | null,
	{ page, size }: { page: number; size: number },
): number {
	if (token === null) return page * size;
	const neighbour = items.findIndex(({ sid }) => sid === token.slice(2));
	if (!/^P[AB]/.test(token) || neighbour === -1) {
		throw badRequest(INVALID_PAGE_TOKEN, 'Invalid PageToken.');
	}
	return token.startsWith('PA') ? neighbour + 1 : Math.max(0, neighbour - size);
}
