package lambdaruntime

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// errUntaken says that a process ended of its own accord between two invocations.
var errUntaken = errors.New("the process ended before the event")

// Invoke hands the event to the function and waits for its answer. A function that fails, by whatever it does,
// is a Response that says so; an error means that there is no answer: ctx or the process ended, the request
// cannot be sent, or a process cannot be started. A process whose invocation is given up is ended.
func (p *Process) Invoke(ctx context.Context, request Request) (*Response, error) {
	j, err := newJob(request, p.options.arn(), p.options.Timeout)
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
		response, err := p.hand(ctx, i, j)
		if !errors.Is(err, errUntaken) {
			return response, err
		}
	}
}

// hand gives the job to the process once that asks for it, and waits for its answer.
func (p *Process) hand(ctx context.Context, i *instance, j *job) (*Response, error) {
	wasUsed := i.used
	i.used = true
	limit := time.NewTimer(initLimit + p.options.Timeout)
	defer limit.Stop()
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
	case <-limit.C:
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
		return nil, errUntaken
	}
	return failure(j, exitDocument(j.id, i.state)), nil
}

// await waits for the answer to a job that the process has taken.
func (p *Process) await(ctx context.Context, i *instance, j *job) (*Response, error) {
	start := time.Now()
	deadline := j.deadline(start)
	limit := time.NewTimer(time.Until(deadline))
	defer limit.Stop()
	select {
	case a := <-j.finished:
		return a.response(j, start), nil
	case <-i.exited:
	case <-limit.C:
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
	case a := <-j.finished: // it answered before it ended
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

// failure is the response to a job that the process did not answer.
func failure(j *job, document []byte) *Response {
	return &Response{RequestID: j.id, Payload: document, Failed: true}
}

func (a answer) response(j *job, start time.Time) *Response {
	return &Response{RequestID: j.id, Payload: a.payload, ContentType: a.contentType, Failed: a.failed, Duration: a.at.Sub(start)}
}
