package lambdaruntime

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// errEndedBefore reports that the process ended between two invocations, before it received the event.
var errEndedBefore = errors.New("the process ended before the event")

// Invoke sends the event to the function and waits for its response. If the function fails in any way, the
// Response says so. An error means that there is no response: ctx ended, the process was closed, the request is
// invalid, or no process could be started. The end of ctx also ends the process.
func (p *Process) Invoke(ctx context.Context, request Request) (*Response, error) {
	j, err := newJob(request, or(request.FunctionARN, p.options.arn()), p.options.Timeout)
	if err != nil {
		return nil, fmt.Errorf("invoke function: %w", err)
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrClosed
	}
	for {
		i, err := p.instance(ctx)
		if err != nil {
			return nil, err
		}
		response, err := p.send(ctx, i, j)
		if !errors.Is(err, errEndedBefore) {
			return response, err
		}
	}
}

// send sends the job to the process when it asks for one, and waits for the response.
func (p *Process) send(ctx context.Context, i *instance, j *job) (*Response, error) {
	wasUsed := i.used
	i.used = true
	limit := newLimit(p.options.InitLimit + p.options.Timeout)
	defer limit.end()
	i.wake()
	select {
	case i.api.jobs <- j:
		response, err := p.await(ctx, i, j)
		if response != nil && !wasUsed {
			response.InitDuration = i.api.readyAt.Sub(i.started)
		}
		return response, err
	case document := <-i.api.failure:
		i.settle()
		return failure(j, document), nil
	case <-i.exited:
	case <-limit.reached:
		i.kill()
		return failure(j, timeoutDocument(j.id, p.options.Timeout)), nil
	case <-ctx.Done():
		i.kill()
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrClosed
	}
	if err := p.ended(ctx); err != nil {
		return nil, err
	}
	select {
	case document := <-i.api.failure:
		return failure(j, document), nil
	default:
	}
	if wasUsed {
		return nil, errEndedBefore
	}
	return failure(j, exitDocument(j.id, i.state)), nil
}

// await waits for the response to a job that the process has received.
func (p *Process) await(ctx context.Context, i *instance, j *job) (*Response, error) {
	start := time.Now()
	deadline := j.deadline(start)
	limit := newLimit(time.Until(deadline))
	defer limit.end()
	select {
	case a := <-j.finished:
		return a.response(j, start), nil
	case <-i.exited:
	case <-limit.reached:
		i.kill()
		response := failure(j, timeoutDocument(j.id, deadline.Sub(start)))
		response.Duration = time.Since(start)
		return response, nil
	case <-ctx.Done():
		i.kill()
		return nil, ctx.Err()
	case <-p.closed:
		return nil, ErrClosed
	}
	select {
	case a := <-j.finished: // it responded before it ended
		return a.response(j, start), nil
	default:
	}
	if err := p.ended(ctx); err != nil {
		return nil, err
	}
	response := failure(j, exitDocument(j.id, i.state))
	response.Duration = time.Since(start)
	return response, nil
}

// failure returns the response to a job that the process did not respond to.
func failure(j *job, document []byte) *Response {
	return &Response{RequestID: j.id, Payload: document, Failed: true}
}

func (a answer) response(j *job, start time.Time) *Response {
	return &Response{
		RequestID:   j.id,
		Payload:     a.payload,
		ContentType: a.contentType,
		Failed:      a.failed,
		Duration:    a.at.Sub(start),
	}
}
