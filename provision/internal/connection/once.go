package connection

import (
	"context"
	"sync"
)

// Once caches what the function returns when it succeeds.
func Once(identify func(context.Context) (Identity, error)) func(context.Context) (Identity, error) {
	var mutex sync.Mutex
	var known *Identity
	return func(ctx context.Context) (Identity, error) {
		mutex.Lock()
		defer mutex.Unlock()
		if known != nil {
			return *known, nil
		}
		who, err := identify(ctx)
		if err == nil {
			known = &who
		}
		return who, err
	}
}
