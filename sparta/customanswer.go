package sparta

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/aws/aws-lambda-go/cfn"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/sirupsen/logrus"
)

const (
	maxAnswer   = 4096             // bytes that CloudFormation accepts
	maxReason   = 1500             // bytes of an error
	answerTime  = 10 * time.Second // reserved for the answer, or a third of a short timeout
	answerTries = 5 * time.Second  // for one attempt to send it
)

// handle answers one request of CloudFormation, whatever the function does. If the request has no URL, as when somebody
// tries the function, it returns the answer instead of sending it.
func (f CustomResourceFunction) handle(ctx context.Context, event cfn.Event) (any, error) {
	switch event.RequestType {
	case cfn.RequestCreate, cfn.RequestUpdate, cfn.RequestDelete:
	default:
		if event.ResponseURL == "" {
			return nil, fmt.Errorf("request type %q is unknown: "+
				"use Create, Update or Delete in RequestType of the event", event.RequestType)
		}
	}
	working, cancel := withTimeToAnswer(ctx)
	defer cancel()
	answer := f.answer(working, event)
	if event.ResponseURL != "" {
		return nil, send(ctx, event.ResponseURL, answer)
	}
	if answer.Status == cfn.StatusFailed {
		return nil, errors.New(answer.Reason)
	}
	return answer, nil
}

// withTimeToAnswer returns a context that ends some time before Lambda ends the invocation.
func withTimeToAnswer(ctx context.Context) (context.Context, context.CancelFunc) {
	deadline, limited := ctx.Deadline()
	if !limited {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, deadline.Add(-min(answerTime, time.Until(deadline)/3)))
}

// answer calls the function and waits for it as long as there is time.
func (f CustomResourceFunction) answer(ctx context.Context, event cfn.Event) *cfn.Response {
	answer := cfn.NewResponse(&event)
	answer.PhysicalResourceID = event.PhysicalResourceID
	if answer.PhysicalResourceID == "" {
		sum := sha256.Sum256([]byte(event.StackID))
		answer.PhysicalResourceID = event.LogicalResourceID + "-" + hex.EncodeToString(sum[:6])
	}
	type outcome struct {
		attributes map[string]any
		err        error
	}
	done := make(chan outcome, 1)
	go func() {
		attributes, err := f.call(ctx, event)
		done <- outcome{attributes, err}
	}()
	var err error
	select {
	case result := <-done:
		answer.Data, err = result.attributes, result.err
	case <-ctx.Done():
		err = errors.New("the function had not finished shortly before its timeout: " +
			"set a longer Timeout in its options")
	}
	if err == nil {
		answer.Status = cfn.StatusSuccess
		if text, problem := json.Marshal(answer); problem != nil {
			err = fmt.Errorf("the attributes cannot be encoded as JSON: %w", problem)
		} else if len(text) > maxAnswer {
			err = fmt.Errorf("the answer with the attributes has %d bytes, over CloudFormation's limit of %d: "+
				"return fewer attributes", len(text), maxAnswer)
		}
	}
	if err != nil {
		answer.Status, answer.Data, answer.Reason = cfn.StatusFailed, nil, err.Error()
		answer.Reason = answer.Reason[:min(len(answer.Reason), maxReason)]
	}
	return answer
}

// call calls the function and turns a panic into an error.
func (f CustomResourceFunction) call(ctx context.Context, event cfn.Event) (attributes map[string]any, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("panic: %v", reason)
			if logger, ok := ctx.Value(ContextKeyLogger).(*logrus.Logger); ok {
				what := "custom resource " + event.LogicalResourceID
				if event.LogicalResourceID == "" { // somebody tries the function
					what = "function of custom resources " + lambdacontext.FunctionName
				}
				logger.Errorf("%s: %v\n%s", what, err, debug.Stack())
			}
		}
	}()
	switch event.RequestType {
	case cfn.RequestCreate, cfn.RequestUpdate, cfn.RequestDelete:
		return f(ctx, string(event.RequestType), event.StackID, event.ResourceProperties)
	}
	return nil, fmt.Errorf("request type %q is unknown: it must be Create, Update or Delete", event.RequestType)
}

// send sends the answer, again until it arrives or time is up. The URL is a secret, which errors must not contain.
func send(ctx context.Context, address string, answer *cfn.Response) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("render the answer to CloudFormation: %w", err)
	}
	// Lambda may freeze the process for hours, which no connection survives.
	client := &http.Client{Timeout: answerTries, Transport: &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true,
	}}
	for pause := 100 * time.Millisecond; ; pause *= 2 {
		if err = put(ctx, client, address, body); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the answer did not reach CloudFormation: %w", err)
		case <-time.After(pause):
		}
		deadline, limited := ctx.Deadline()
		if !limited && pause > time.Second || limited && time.Until(deadline) < pause {
			return fmt.Errorf("the answer did not reach CloudFormation: %w", err)
		}
	}
}

func put(ctx context.Context, client *http.Client, address string, body []byte) error {
	// The URL is signed for a request without a content type, which is what this makes.
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, address, bytes.NewReader(body))
	if err != nil {
		return errors.New("the URL of the answer is invalid")
	}
	response, err := client.Do(request)
	if withURL := (*url.Error)(nil); errors.As(err, &withURL) {
		err = withURL.Err
	}
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return nil
}
