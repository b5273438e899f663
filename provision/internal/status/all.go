package status

import (
	"context"
	"slices"
	"sync/atomic"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// DescribeAll describes functions, a few at a time, until a request fails.
func DescribeAll(ctx context.Context, caller connection.Caller, api API, names []string) ([]Function, error) {
	described, errs := make([]Function, len(names)), make([]error, len(names))
	var failed atomic.Bool
	connection.EachOf(len(described), func(i int) {
		if failed.Load() {
			return
		}
		described[i], errs[i] = Describe(ctx, caller, api, names[i])
		if errs[i] != nil {
			failed.Store(true)
		}
	})
	if i := slices.IndexFunc(errs, func(err error) bool { return err != nil }); i >= 0 {
		return nil, errs[i]
	}
	return described, nil
}
