package template

import (
	"errors"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/provision/internal/apis"
	"github.com/go-sparta/sparta/provision/internal/physicalname"
	"github.com/go-sparta/sparta/provision/internal/restapi"
	"github.com/go-sparta/sparta/sparta"
)

// connectAPI adds the service's API, which invokes functions that the template has.
func connectAPI(template *cloudformation.Template, service Service) error {
	var functions []apipart.Function
	for _, info := range service.Functions {
		f := newFunction(info)
		function := apipart.Function{
			Name: info.Name(), ID: f.id, Callee: f.ref(), ARN: "${" + string(f.ref()) + ".Arn}",
		}
		if f.options.AliasName() != "" {
			function.Callee = cloudformation.Ref(f.aliasID())
			function.ARN = "${" + f.aliasID() + "}"
		}
		functions = append(functions, function)
	}
	return apis.AddTo(template, service.API, functions, service.Region)
}

// Finish completes a template that hooks have changed, and checks their changes.
func Finish(template *cloudformation.Template, service Service) error {
	if err := restapi.Redeploy(template); err != nil {
		return err
	}
	return errors.Join(CheckDeadLetters(template),
		physicalname.Check(template, physicalname.Stack{Name: service.Stack, Region: service.Region}))
}

func (s Service) functionNames() []string {
	var names []string
	for _, info := range s.Functions {
		if info != nil { // sparta.Validate reports it
			names = append(names, info.Name())
		}
	}
	return names
}

// CheckAPI returns an error if an API of these functions is invalid. The API may be nil.
func CheckAPI(api *sparta.API, functions []*sparta.LambdaAWSInfo) error {
	return apis.Check(api, Service{Functions: functions}.functionNames())
}
