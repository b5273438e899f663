//go:build lambdabinary && go1.21

package bridge

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"
)

// metadata is what Python passes with an event.
type metadata struct {
	lambdacontext.LambdaContext
	deadline time.Time
	traceID  string
}

// metadataFields counts the NUL-separated fields of the metadata: request id,
// function ARN, deadline in milliseconds since 1970, trace id, tenant id, client
// context and Cognito identity, the last two as JSON. Absent ones are empty.
const metadataFields = 7

func parseMetadata(text string) (*metadata, error) {
	fields := strings.Split(text, "\x00")
	if len(fields) != metadataFields {
		return nil, fmt.Errorf("invocation metadata has %d fields instead of %d: "+
			"index.py and the library are of different builds: build the package again", len(fields), metadataFields)
	}
	meta := &metadata{traceID: fields[3]}
	meta.AwsRequestID, meta.InvokedFunctionArn = fields[0], fields[1]
	if fields[4] != "" {
		meta.setTenant(fields[4])
	}
	if fields[2] != "" {
		milliseconds, err := strconv.ParseInt(fields[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read the invocation's deadline: %w", err)
		}
		meta.deadline = time.UnixMilli(milliseconds)
	}
	if fields[5] != "" {
		if err := json.Unmarshal([]byte(fields[5]), &meta.ClientContext); err != nil {
			return nil, fmt.Errorf("read the client context: %w", err)
		}
	}
	if fields[6] != "" {
		if err := json.Unmarshal([]byte(fields[6]), &meta.Identity); err != nil {
			return nil, fmt.Errorf("read the Cognito identity: %w", err)
		}
	}
	return meta, nil
}

// setTenant sets the tenant if the application's aws-lambda-go is new enough to
// have one.
func (m *metadata) setTenant(id string) {
	if field := reflect.ValueOf(&m.LambdaContext).Elem().FieldByName("TenantID"); field.IsValid() {
		field.SetString(id)
	}
}

func (m *metadata) context(base context.Context) (context.Context, context.CancelFunc) {
	ctx := lambdacontext.NewContext(base, &m.LambdaContext)
	//lint:ignore SA1029 the X-Ray SDK looks the trace up under this very string
	ctx = context.WithValue(ctx, "x-amzn-trace-id", m.traceID)
	if m.deadline.IsZero() {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, m.deadline)
}

// traceID keeps the environment's _X_AMZN_TRACE_ID at the current invocation's.
type traceID struct {
	lock sync.Mutex
	last string
}

func (t *traceID) export(id string) {
	t.lock.Lock()
	defer t.lock.Unlock()
	if id == t.last {
		return
	}
	t.last = id
	// Without a trace, it is empty, as aws-lambda-go leaves it: Go's runtime would keep an entry for each time that the
	// variable is unset and set again.
	_ = os.Setenv("_X_AMZN_TRACE_ID", id)
}
