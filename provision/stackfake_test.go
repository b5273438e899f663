package provision

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	cfn "github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/go-sparta/sparta/internal/mainpackage"
	"github.com/go-sparta/sparta/provision/internal/stack"
)

// fakeCFN is CloudFormation by the clock: what executing a change set, deleting a
// stack or going on with a rollback brings about is a script. It is used within
// synctest's bubbles, where time does not pass while a test works.
type fakeCFN struct {
	mutex  sync.Mutex
	stacks []*fakeStack
	sets   []*fakeSet
	calls  []string
	inputs map[string]any // the last of each operation
	faults map[string][]fault

	page     int  // events, changes and change sets a page
	noTokens bool // events do not have the request's
	pending  time.Duration
	changes  []cfntypes.Change
	status   string // of the next change set; empty means CREATE_COMPLETE
	reason   string
	creates  []step // what an execution brings about
	updates  []step
	deletes  []step
	recovers []step
	outputs  map[string]string
	failed   []cfntypes.OperationEvent // what early validation found
	empty    bool                      // stacks are not described, as by a proxy's page of HTML
}

// step is an event some time after its operation was asked for.
type step struct {
	after                      time.Duration
	id, kind, status, reason   string
	physical, hook, hookStatus string
	hookMode                   string
}

// fault is the outcome of an operation's next call.
type fault struct {
	err  error
	done bool   // although it is carried out
	then func() // first
}

type fakeStack struct {
	id, name string
	base     string // state before any event
	events   []*cfntypes.StackEvent
	params   []cfntypes.Parameter
	tags     []cfntypes.Tag
	created  time.Time
	holds    []cfntypes.StackResourceSummary
	template string
}

// ownTags are those of the service svc's stacks.
func ownTags() []cfntypes.Tag {
	return []cfntypes.Tag{
		{Key: aws.String("io:gosparta:application"), Value: aws.String(mainpackage.Path() + ":svc")},
		{Key: aws.String("io:gosparta:home"), Value: aws.String("https://github.com/go-sparta/sparta")},
	}
}

type fakeSet struct {
	name, status, reason, execution string
	stack                           *fakeStack
	created                         time.Time
	ready                           time.Time
	changes                         []cfntypes.Change
	kind                            string
	tags                            []cfntypes.Tag
}

func newFakeCFN() *fakeCFN {
	return &fakeCFN{
		page: 100, inputs: map[string]any{}, faults: map[string][]fault{},
		changes: []cfntypes.Change{change("Add", "HelloFunction", "AWS::Lambda::Function")},
		creates: []step{
			{status: "CREATE_IN_PROGRESS", reason: "User Initiated"},
			{after: time.Second, id: "HelloFunction", kind: "AWS::Lambda::Function", status: "CREATE_IN_PROGRESS"},
			{after: 9 * time.Second, id: "HelloFunction", kind: "AWS::Lambda::Function", status: "CREATE_COMPLETE"},
			{after: 10 * time.Second, status: "CREATE_COMPLETE"},
		},
		updates: []step{
			{status: "UPDATE_IN_PROGRESS", reason: "User Initiated"},
			{after: 5 * time.Second, id: "HelloFunction", kind: "AWS::Lambda::Function", status: "UPDATE_COMPLETE"},
			{after: 6 * time.Second, status: "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"},
			{after: 7 * time.Second, status: "UPDATE_COMPLETE"},
		},
		deletes: []step{
			{status: "DELETE_IN_PROGRESS", reason: "User Initiated"},
			{after: 4 * time.Second, status: "DELETE_COMPLETE"},
		},
		recovers: []step{
			{status: "UPDATE_ROLLBACK_IN_PROGRESS", reason: "User Initiated"},
			{after: 5 * time.Second, status: "UPDATE_ROLLBACK_COMPLETE"},
		},
		outputs: map[string]string{"Url": "https://example.com/"},
	}
}

func change(action, id, kind string, details ...cfntypes.ResourceChangeDetail) cfntypes.Change {
	c := &cfntypes.ResourceChange{
		Action:            cfntypes.ChangeAction(action),
		LogicalResourceId: aws.String(id),
		ResourceType:      aws.String(kind),
		Details:           details,
	}
	if action == "Modify" {
		c.Replacement = "False"
	}
	return cfntypes.Change{Type: "Resource", ResourceChange: c}
}

// refusal is an error of AWS's.
func refusal(status int, code, message string) error {
	return &awshttp.ResponseError{RequestID: "request-1", ResponseError: &smithyhttp.ResponseError{
		Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}},
		Err:      &smithy.GenericAPIError{Code: code, Message: message},
	}}
}

// called notes a call and returns its fault's error; done reports whether the call
// is carried out.
func (f *fakeCFN) called(ctx context.Context, operation string, input any) (done bool, err error) {
	f.calls = append(f.calls, operation)
	f.inputs[operation] = input
	var next fault
	if queue := f.faults[operation]; len(queue) > 0 {
		next, f.faults[operation] = queue[0], queue[1:]
	}
	if next.then != nil {
		next.then()
	}
	if ctx.Err() != nil && next.err == nil {
		next.err = &smithy.CanceledError{Err: ctx.Err()}
	}
	return next.err == nil || next.done, next.err
}

// add makes a stack in some state. It is the service svc's unless its tags are changed.
func (f *fakeCFN) add(name, status string) *fakeStack {
	id := fmt.Sprintf("arn:aws:cloudformation:eu-west-1:123456789012:stack/%s/%d", name, len(f.stacks)+1)
	stack := &fakeStack{id: id, name: name, base: status, tags: ownTags(), created: time.Now()}
	f.stacks = append(f.stacks, stack)
	return stack
}

// happen puts the steps of an operation on a stack's timeline.
func (f *fakeCFN) happen(fake *fakeStack, token string, steps []step) {
	for _, step := range steps {
		event := &cfntypes.StackEvent{
			StackId:            &fake.id,
			StackName:          &fake.name,
			EventId:            aws.String(fmt.Sprintf("%s-%d", fake.name, len(fake.events))),
			LogicalResourceId:  &step.id,
			ResourceType:       &step.kind,
			ResourceStatus:     cfntypes.ResourceStatus(step.status),
			PhysicalResourceId: &step.physical,
			Timestamp:          aws.Time(time.Now().Add(step.after)),
		}
		if step.id == "" {
			event.LogicalResourceId, event.PhysicalResourceId = &fake.name, &fake.id
			event.ResourceType = aws.String(stack.StackType)
		}
		if step.reason != "" {
			event.ResourceStatusReason = &step.reason
		}
		if step.hook != "" {
			event.HookType, event.HookStatus = &step.hook, cfntypes.HookStatus(step.hookStatus)
			event.HookStatusReason = aws.String("the hook's " + step.reason)
			event.HookFailureMode = cfntypes.HookFailureMode(step.hookMode)
		}
		if token != "" && !f.noTokens {
			event.ClientRequestToken = &token
		}
		fake.events = append(fake.events, event)
	}
}

// past are the events that have happened, in order.
func (s *fakeStack) past() []*cfntypes.StackEvent {
	var past []*cfntypes.StackEvent
	for _, event := range s.events {
		if !event.Timestamp.After(time.Now()) {
			past = append(past, event)
		}
	}
	return past
}

func (s *fakeStack) status() string {
	status := s.base
	for _, event := range s.past() {
		if stack.IsOfStack(event) {
			status = string(event.ResourceStatus)
		}
	}
	return status
}

// find is the stack of an ID, or else the living one of a name.
func (f *fakeCFN) find(ref string) *fakeStack {
	for _, stack := range f.stacks {
		if stack.id == ref || stack.name == ref && stack.status() != "DELETE_COMPLETE" {
			return stack
		}
	}
	return nil
}

func noSuchStack(ref string) error {
	return refusal(400, "ValidationError", "Stack with id "+ref+" does not exist")
}

func (f *fakeCFN) GetTemplate(
	ctx context.Context, in *cfn.GetTemplateInput, _ ...func(*cfn.Options),
) (*cfn.GetTemplateOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "GetTemplate", in); err != nil {
		return nil, err
	}
	return &cfn.GetTemplateOutput{TemplateBody: &f.find(*in.StackName).template}, nil
}

func (f *fakeCFN) DescribeStacks(
	ctx context.Context, in *cfn.DescribeStacksInput, _ ...func(*cfn.Options),
) (*cfn.DescribeStacksOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "DescribeStacks", in); err != nil {
		return nil, err
	}
	if f.empty {
		return &cfn.DescribeStacksOutput{}, nil
	}
	stack := f.find(*in.StackName)
	if stack == nil {
		return nil, noSuchStack(*in.StackName)
	}
	described := cfntypes.Stack{
		StackId:      &stack.id,
		StackName:    &stack.name,
		StackStatus:  cfntypes.StackStatus(stack.status()),
		Parameters:   stack.params,
		Tags:         stack.tags,
		CreationTime: &stack.created,
	}
	for _, key := range slices.Sorted(maps.Keys(f.outputs)) {
		described.Outputs = append(described.Outputs, cfntypes.Output{
			OutputKey:   aws.String(key),
			OutputValue: aws.String(f.outputs[key]),
		})
	}
	return &cfn.DescribeStacksOutput{Stacks: []cfntypes.Stack{described}}, nil
}

func (f *fakeCFN) DescribeStackEvents(
	ctx context.Context, in *cfn.DescribeStackEventsInput, _ ...func(*cfn.Options),
) (*cfn.DescribeStackEventsOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "DescribeStackEvents", in); err != nil {
		return nil, err
	}
	stack := f.find(*in.StackName)
	if stack == nil {
		return nil, noSuchStack(*in.StackName)
	}
	newest := slices.Clone(stack.past())
	slices.Reverse(newest)
	page, next := paged(newest, in.NextToken, f.page)
	return &cfn.DescribeStackEventsOutput{StackEvents: values(page), NextToken: next}, nil
}

func (f *fakeCFN) DescribeEvents(
	ctx context.Context, in *cfn.DescribeEventsInput, _ ...func(*cfn.Options),
) (*cfn.DescribeEventsOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "DescribeEvents", in); err != nil {
		return nil, err
	}
	if f.set(in.ChangeSetName, in.StackName) == nil {
		return nil, refusal(404, "ChangeSetNotFound", "ChangeSet ["+*in.ChangeSetName+"] does not exist")
	}
	page, next := paged(f.failed, in.NextToken, 1)
	return &cfn.DescribeEventsOutput{OperationEvents: page, NextToken: next}, nil
}

func (f *fakeCFN) ListStackResources(
	ctx context.Context, in *cfn.ListStackResourcesInput, _ ...func(*cfn.Options),
) (*cfn.ListStackResourcesOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "ListStackResources", in); err != nil {
		return nil, err
	}
	return &cfn.ListStackResourcesOutput{StackResourceSummaries: f.find(*in.StackName).holds}, nil
}

func (f *fakeCFN) DeleteStack(
	ctx context.Context, in *cfn.DeleteStackInput, _ ...func(*cfn.Options),
) (*cfn.DeleteStackOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done, err := f.called(ctx, "DeleteStack", in)
	if stack := f.find(*in.StackName); done && stack != nil && stack.status() != "DELETE_COMPLETE" {
		f.happen(stack, aws.ToString(in.ClientRequestToken), f.deletes)
	}
	return &cfn.DeleteStackOutput{}, err
}

func (f *fakeCFN) ContinueUpdateRollback(
	ctx context.Context, in *cfn.ContinueUpdateRollbackInput, _ ...func(*cfn.Options),
) (*cfn.ContinueUpdateRollbackOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done, err := f.called(ctx, "ContinueUpdateRollback", in)
	if done {
		f.happen(f.find(*in.StackName), aws.ToString(in.ClientRequestToken), f.recovers)
	}
	return &cfn.ContinueUpdateRollbackOutput{}, err
}

func (f *fakeCFN) CreateChangeSet(
	ctx context.Context, in *cfn.CreateChangeSetInput, _ ...func(*cfn.Options),
) (*cfn.CreateChangeSetOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done, err := f.called(ctx, "CreateChangeSet", in)
	if !done {
		return nil, err
	}
	stack := f.find(*in.StackName)
	switch create := string(in.ChangeSetType) == "CREATE"; {
	case create && stack != nil && stack.status() != "REVIEW_IN_PROGRESS":
		return nil, refusal(400, "ValidationError",
			"Stack ["+*in.StackName+"] already exists and cannot be created again")
	case create && stack == nil:
		stack = f.add(*in.StackName, "REVIEW_IN_PROGRESS")
	case !create && stack == nil:
		return nil, noSuchStack(*in.StackName)
	}
	if stack.status() == "REVIEW_IN_PROGRESS" && len(f.setsOf(stack)) == 0 {
		stack.tags = in.Tags
	}
	set := &fakeSet{
		tags:      in.Tags,
		name:      *in.ChangeSetName,
		stack:     stack,
		created:   time.Now(),
		ready:     time.Now().Add(f.pending),
		changes:   f.changes,
		status:    "CREATE_COMPLETE",
		reason:    f.reason,
		execution: "AVAILABLE",
		kind:      string(in.ChangeSetType),
	}
	if f.status != "" {
		set.status, set.execution = f.status, "UNAVAILABLE"
	}
	f.sets = append(f.sets, set)
	if err != nil {
		return nil, err
	}
	return &cfn.CreateChangeSetOutput{Id: aws.String(set.id()), StackId: &stack.id}, nil
}

func (f *fakeCFN) setsOf(stack *fakeStack) []*fakeSet {
	return slices.DeleteFunc(slices.Clone(f.sets), func(set *fakeSet) bool { return set.stack != stack })
}

func (s *fakeSet) id() string { return "arn:aws:cloudformation:change-set/" + s.name }

func (f *fakeCFN) set(name, stack *string) *fakeSet {
	for _, set := range f.sets {
		ofStack := set.stack.id == aws.ToString(stack) || set.stack.name == aws.ToString(stack)
		if set.id() == *name || set.name == *name && ofStack {
			return set
		}
	}
	return nil
}

func (f *fakeCFN) DescribeChangeSet(
	ctx context.Context, in *cfn.DescribeChangeSetInput, _ ...func(*cfn.Options),
) (*cfn.DescribeChangeSetOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "DescribeChangeSet", in); err != nil {
		return nil, err
	}
	set := f.set(in.ChangeSetName, in.StackName)
	if set == nil {
		return nil, refusal(404, "ChangeSetNotFound", "ChangeSet ["+*in.ChangeSetName+"] does not exist")
	}
	answer := &cfn.DescribeChangeSetOutput{
		StackId:         &set.stack.id,
		CreationTime:    &set.created,
		Status:          cfntypes.ChangeSetStatus(set.status),
		StatusReason:    &set.reason,
		ExecutionStatus: cfntypes.ExecutionStatus(set.execution),
	}
	if time.Now().Before(set.ready) {
		answer.Status = "CREATE_IN_PROGRESS"
		return answer, nil
	}
	answer.Changes, answer.NextToken = paged(set.changes, in.NextToken, f.page)
	return answer, nil
}

func (f *fakeCFN) ListChangeSets(
	ctx context.Context, in *cfn.ListChangeSetsInput, _ ...func(*cfn.Options),
) (*cfn.ListChangeSetsOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	if _, err := f.called(ctx, "ListChangeSets", in); err != nil {
		return nil, err
	}
	var all []cfntypes.ChangeSetSummary // of all stacks, as moto lists them
	for _, set := range f.sets {
		all = append(all, cfntypes.ChangeSetSummary{
			ChangeSetName: &set.name,
			ChangeSetId:   aws.String(set.id()),
			StackId:       &set.stack.id,
			StackName:     &set.stack.name,
			CreationTime:  &set.created,
		})
	}
	page, next := paged(all, in.NextToken, f.page)
	return &cfn.ListChangeSetsOutput{Summaries: page, NextToken: next}, nil
}

func (f *fakeCFN) ExecuteChangeSet(
	ctx context.Context, in *cfn.ExecuteChangeSetInput, _ ...func(*cfn.Options),
) (*cfn.ExecuteChangeSetOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done, err := f.called(ctx, "ExecuteChangeSet", in)
	set := f.set(in.ChangeSetName, in.StackName)
	switch {
	case !done:
		return nil, err
	case set == nil:
		return nil, refusal(404, "ChangeSetNotFound", "ChangeSet ["+*in.ChangeSetName+"] does not exist")
	case set.execution != "AVAILABLE":
		message := "ChangeSet cannot be executed in its current execution status of [" + set.execution + "]"
		return nil, refusal(400, "InvalidChangeSetStatus", message)
	}
	set.execution, set.stack.tags = "EXECUTE_IN_PROGRESS", set.tags
	steps := f.updates
	if set.kind == "CREATE" {
		steps = f.creates
	}
	f.happen(set.stack, aws.ToString(in.ClientRequestToken), steps)
	f.sets = slices.DeleteFunc(f.sets, func(other *fakeSet) bool { return other != set && other.stack == set.stack })
	return &cfn.ExecuteChangeSetOutput{}, err
}

func (f *fakeCFN) DeleteChangeSet(
	ctx context.Context, in *cfn.DeleteChangeSetInput, _ ...func(*cfn.Options),
) (*cfn.DeleteChangeSetOutput, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	done, err := f.called(ctx, "DeleteChangeSet", in)
	if !done {
		return nil, err
	}
	set := f.set(in.ChangeSetName, in.StackName)
	if set == nil {
		return nil, refusal(404, "ChangeSetNotFound", "ChangeSet ["+*in.ChangeSetName+"] does not exist")
	}
	f.sets = slices.DeleteFunc(f.sets, func(other *fakeSet) bool { return other == set })
	return &cfn.DeleteChangeSetOutput{}, err
}

// values are the events, as CloudFormation's client returns them.
func values(events []*cfntypes.StackEvent) []cfntypes.StackEvent {
	list := make([]cfntypes.StackEvent, 0, len(events))
	for _, event := range events {
		list = append(list, *event)
	}
	return list
}

// paged is one page of a list, from a token on: a number.
func paged[T any](list []T, token *string, size int) ([]T, *string) {
	var from int
	if token != nil {
		if _, err := fmt.Sscan(*token, &from); err != nil {
			return nil, nil
		}
	}
	from = min(from, len(list))
	if from+size >= len(list) {
		return list[from:], nil
	}
	return list[from : from+size], aws.String(fmt.Sprint(from + size))
}

// left is what a run leaves behind: change sets that nobody executed, and stacks
// that have nothing in them.
func (f *fakeCFN) left() string {
	var left []string
	for _, set := range f.sets {
		if !strings.HasPrefix(set.execution, "EXECUTE_") && set.stack.status() != "DELETE_COMPLETE" {
			left = append(left, "change set "+set.name)
		}
	}
	for _, stack := range f.stacks {
		if stack.status() == "REVIEW_IN_PROGRESS" {
			left = append(left, "stack "+stack.name)
		}
	}
	return strings.Join(left, ", ")
}

var errReset = &smithyhttp.RequestSendError{Err: errors.New("connection reset by peer")}
