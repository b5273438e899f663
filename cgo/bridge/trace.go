//go:build lambdabinary && go1.21 && !sparta_notrace

package bridge

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda/handlertrace"
)

// isTraced reports whether the application traces its handlers' events and responses.
func isTraced(ctx context.Context) bool {
	trace := handlertrace.FromContext(ctx)
	return trace.RequestEvent != nil || trace.ResponseEvent != nil
}
