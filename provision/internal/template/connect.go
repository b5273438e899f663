package template

import (
	"errors"
	"fmt"
	"regexp"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/destination"
	associations "github.com/go-sparta/sparta/provision/internal/edge"
	"github.com/go-sparta/sparta/provision/internal/eventsource"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/provision/internal/mapping"
	"github.com/go-sparta/sparta/sparta"
)

// Connect adds what invokes the service's functions. By then, AddTo has added the functions to the template, and hooks
// have added the resources that the sources refer to.
func Connect(template *cloudformation.Template, service Service) error {
	service.Functions = sparta.WithCustomResources(service.Functions)
	var errs []error
	var connected []eventsource.Function
	for _, info := range service.Functions {
		f := newFunction(info)
		f.stack, f.region = service.Stack, service.Region
		target := eventsource.Target{ID: f.id}
		if f.options.AliasName() != "" {
			target.Alias = f.aliasID()
		}
		if info.RoleDefinition != nil {
			target.Boundary = info.RoleDefinition.PermissionsBoundary
		}
		target.LogGroup = LogGroup(service.Stack, info)
		statements, err := eventsource.AddTo(template, info, target)
		if err == nil && info.RoleDefinition != nil {
			var outcomes []map[string]any
			outcomes, err = destination.OutcomeStatements(template, f.options.EventInvokeConfig)
			statements = append(statements, outcomes...)
		}
		if err == nil {
			statements = append(statements, apis.Statements(service.API, info.Name(), service.functionNames())...)
			err = f.grant(template, statements)
		}
		if err == nil {
			err = connectDependencies(template, f, service.Functions)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
		}
		connected = append(connected, eventsource.Function{Info: info, Target: target})
	}
	errs = append(errs, eventsource.CheckLogLoops(template, connected), connectAPI(template, service),
		connectSite(template, service), connectEdge(template, service), eventsource.AddBuckets(template, connected))
	for _, info := range service.Functions {
		f := newFunction(info)
		f.stack, f.region = service.Stack, service.Region
		err := checkCircles(template, f, service.Functions)
		if err == nil {
			err = completeDiscovery(template, f, service.Functions)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("function %s: %w", info.Name(), err))
		}
	}
	return errors.Join(errs...)
}

// literalPattern matches the names that Go gives to function literals.
var literalPattern = regexp.MustCompile(`(^|_)func[0-9]+(_[0-9]+)*$`)

// Notes returns what users should know before a deployment.
func Notes(functions []*sparta.LambdaAWSInfo) []string {
	notes := append(eventsource.Notes(functions), associations.Notes(functions)...)
	for _, info := range functions {
		if literalPattern.MatchString(info.Name()) {
			notes = append(notes, fmt.Sprintf("function %s has the name of a function literal, which may change when "+
				"the code around it does, and then the stack replaces the function: set SpartaOptions.Name",
				info.Name()))
		}
	}
	return notes
}

// CheckSources returns an error if settings of event sources are invalid in any template.
func CheckSources(functions []*sparta.LambdaAWSInfo) error {
	var errs []error
	for _, info := range functions {
		if info != nil { // otherwise sparta.Validate reports it
			errs = append(errs, mapping.CheckSettings(info), eventsource.CheckSettings(info, time.Now()))
		}
	}
	return errors.Join(errs...)
}

// grant adds statements to the policy of the function's own role, in an order that does not depend on that of its
// sources.
func (f function) grant(template *cloudformation.Template, statements []map[string]any) error {
	resource := template.Resources[f.roleID()]
	if f.info.RoleDefinition == nil || len(statements) == 0 {
		return nil // an existing role has to allow it
	}
	sortByJSON(statements)
	policies, _ := resource.Properties["Policies"].([]any)
	for _, entry := range policies {
		inline, _ := entry.(map[string]any)
		document, _ := inline["PolicyDocument"].(map[string]any)
		if own, ok := document["Statement"].([]map[string]any); ok {
			document["Statement"] = append(own, statements...)
			return iam.CheckSize(append(own, statements...), f.stack, f.region)
		}
	}
	return fmt.Errorf("a hook has replaced the statements of role %s, so those that the function's event sources "+
		"require cannot be added: append to the statements instead", f.roleID())
}
