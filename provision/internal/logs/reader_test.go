//go:build go1.25

package logs

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs/types"
	"github.com/aws/smithy-go"
	"github.com/sirupsen/logrus"

	"github.com/go-sparta/sparta/provision/internal/connection"
)

// api is CloudWatch Logs in a region: it returns the messages of a group.
type api func(ctx context.Context) ([]string, error)

func (a api) FilterLogEvents(
	ctx context.Context, in *cloudwatchlogs.FilterLogEventsInput, _ ...func(*cloudwatchlogs.Options),
) (*cloudwatchlogs.FilterLogEventsOutput, error) {
	messages, err := a(ctx)
	out := &cloudwatchlogs.FilterLogEventsOutput{}
	for i, message := range messages {
		out.Events = append(out.Events, types.FilteredLogEvent{
			EventId: aws.String(fmt.Sprint(*in.LogGroupName, i)), Message: aws.String(message),
			Timestamp: aws.Int64(time.Now().UnixMilli()),
		})
	}
	return out, err
}

func refusal(code string) error { return &smithy.GenericAPIError{Code: code, Message: "no"} }

// newReader makes a reader of a function's own group, which is empty, and of one in each region.
func newReader(in func(ctx context.Context, region string) ([]string, error)) (r Reader, stdout, log *bytes.Buffer) {
	stdout, log = &bytes.Buffer{}, &bytes.Buffer{}
	logger := logrus.New()
	logger.Out = log
	r = Reader{
		Caller: connection.Caller{Log: logger}, Region: "us-east-1", Since: time.Now(), Stdout: stdout,
		API:    api(func(ctx context.Context) ([]string, error) { return in(ctx, "") }),
		Groups: []Group{{Function: "f", Name: "/aws/lambda/f"}},
	}
	for _, region := range Regions() {
		r.Groups = append(r.Groups, Group{"f", "/aws/lambda/us-east-1.f", region, api(
			func(ctx context.Context) ([]string, error) { return in(ctx, region) })})
	}
	return r, stdout, log
}

func TestAFewRegionsAreAskedAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		running, most, home, mostHome := 0, 0, 0, 0
		count := func(region string, change int) {
			mu.Lock()
			defer mu.Unlock()
			running += change
			most = max(most, running)
			if region == "" || region == "us-east-1" {
				home += change
				mostHome = max(mostHome, home)
			}
		}
		r, stdout, _ := newReader(func(_ context.Context, region string) ([]string, error) {
			count(region, 1)
			defer count(region, -1)
			time.Sleep(time.Second)
			return []string{"event"}, nil
		})
		began := time.Now()
		if err := r.Show(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(began); took > 5*time.Second || most < 2 || most > 10 {
			t.Errorf("18 requests of a second take %s, %d at a time", took, most)
		}
		if mostHome != 1 {
			t.Errorf("%d requests at a time share the quota of a region", mostHome)
		}
		if got := strings.Count(stdout.String(), "event"); got != 18 {
			t.Errorf("%d events are shown, want one of each group:\n%s", got, stdout)
		}
	})
}

func TestRegionsThatAreDeniedAreNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, stdout, log := newReader(func(_ context.Context, region string) ([]string, error) {
			switch region {
			case "":
				return nil, nil
			case "eu-west-1", "sa-east-1":
				return nil, refusal("AccessDeniedException")
			case "us-west-2":
				return []string{"event"}, nil
			}
			return nil, refusal("ResourceNotFoundException")
		})
		if err := r.Show(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		const want = "left out sa-east-1, eu-west-1: logs:FilterLogEvents is denied"
		if !strings.Contains(log.String(), want) || !strings.Contains(stdout.String(), "us-west-2") {
			t.Errorf("messages are %q, want %q; shown is %q", log, want, stdout)
		}
	})
}

func TestAnErrorOfARegionEndsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, _, _ := newReader(func(ctx context.Context, region string) ([]string, error) {
			if region == "us-east-2" {
				return nil, refusal("InvalidParameterException")
			}
			<-ctx.Done()
			return nil, ctx.Err()
		})
		err := r.Show(t.Context(), false)
		if err == nil || !strings.Contains(err.Error(), "read the log of f in us-east-2: ") {
			t.Errorf("error is %v", err)
		}
	})
}

// While one region cannot be read, the others have newer events. They must not make the reader skip those of the first.
func TestEventsOfARegionThatFailedAreShownLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, since := time.Now(), time.Now().Add(-time.Minute)
		r, _, _ := newReader(nil)
		r.Groups = []Group{{Function: "f", Name: "a"}, {Function: "f", Name: "b", Region: "eu-west-1"}}
		r.Since = since
		r.API = api(func(context.Context) ([]string, error) { return []string{"event"}, nil })
		var looked time.Time
		r.Groups[1].API = filter(func(in *cloudwatchlogs.FilterLogEventsInput) error {
			if time.Since(began) < 5*time.Minute {
				return refusal("ThrottlingException")
			}
			if looked.IsZero() {
				looked = time.UnixMilli(*in.StartTime)
			}
			return nil
		})
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		if err := r.Show(ctx, true); err != nil {
			t.Fatal(err)
		}
		if looked.After(since) || looked.IsZero() {
			t.Errorf("the first request that succeeds looks back to %s, want %s", looked, since)
		}
	})
}

// filter is CloudWatch Logs without events.
type filter func(*cloudwatchlogs.FilterLogEventsInput) error

func (f filter) FilterLogEvents(
	_ context.Context, in *cloudwatchlogs.FilterLogEventsInput, _ ...func(*cloudwatchlogs.Options),
) (*cloudwatchlogs.FilterLogEventsOutput, error) {
	return &cloudwatchlogs.FilterLogEventsOutput{}, f(in)
}
