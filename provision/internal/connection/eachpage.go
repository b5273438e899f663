package connection

import "context"

// paginator is the SDK's for a list that AWS returns in pages.
type paginator[Page, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Page, error)
}

// EachPage visits all pages of a list. The action and the error are those of Call.
func EachPage[Page, Options any](
	ctx context.Context, caller Caller, action string, pages paginator[Page, Options], visit func(*Page),
) error {
	return caller.Call(ctx, action, func(ctx context.Context) error {
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				return err
			}
			visit(page)
		}
		return nil
	})
}
