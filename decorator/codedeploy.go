package decorator

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// updateTypes are CodeDeploy's predefined ways to shift traffic between versions, without the prefix
// CodeDeployDefault.Lambda.
var updateTypes = []string{
	"AllAtOnce",
	"Canary10Percent5Minutes", "Canary10Percent10Minutes", "Canary10Percent15Minutes", "Canary10Percent30Minutes",
	"Linear10PercentEvery1Minute", "Linear10PercentEvery2Minutes", "Linear10PercentEvery3Minutes",
	"Linear10PercentEvery10Minutes",
}

// Logical IDs of the resources that all functions share.
const (
	codeDeployID     = "SafeDeployApplication"
	codeDeployRoleID = "SafeDeployRole"
)

// CodeDeployServiceUpdateDecorator lets CodeDeploy shift the traffic of functions' aliases to new versions, for example
// with the update type Canary10Percent5Minutes. Each function needs an alias, see LambdaFunctionOptions.Alias.
//
// The functions preHook and postHook are called before and after the traffic is shifted; they report their result with
// codedeploy:PutLifecycleEventHookExecutionStatus, which their own roles are allowed to call. Nil means no hook. An
// alarm, given by its name or an intrinsic, stops a deployment and rolls it back. So does the alarm that
// CloudWatchErrorAlarmDecorator adds to a function.
//
// Add the result to the service's decorators. The call itself adds the functions' decorators.
func CodeDeployServiceUpdateDecorator(
	updateType string, functions []*sparta.LambdaAWSInfo, preHook, postHook *sparta.LambdaAWSInfo, alarms ...any,
) sparta.ServiceDecoratorHookFunc {
	d := &codeDeploy{updateType: updateType, pre: preHook, post: postHook, alarms: alarms}
	for _, info := range functions {
		if info != nil { // sparta.Validate reports it
			info.Decorators = append(info.Decorators, sparta.TemplateDecoratorHookFunc(d.note))
		}
	}
	return d.decorate
}

// codeDeploy is the configuration that the functions share.
type codeDeploy struct {
	updateType string
	pre, post  *sparta.LambdaAWSInfo
	alarms     []any
	functions  []sparta.Workflow // as their decorators received them
}

func (d *codeDeploy) note(_ context.Context, w *sparta.Workflow) error {
	if w.AliasID == "" {
		return errors.New("CodeDeploy shifts the traffic of an alias: set Alias of the function's options")
	}
	d.functions = slices.DeleteFunc(d.functions, func(other sparta.Workflow) bool {
		return other.LogicalID == w.LogicalID
	})
	d.functions = append(d.functions, *w)
	return nil
}

func (d *codeDeploy) decorate(_ context.Context, w *sparta.Workflow) error {
	if !slices.Contains(updateTypes, d.updateType) {
		return fmt.Errorf("CodeDeploy has no update type %q: use one of %s", d.updateType,
			strings.Join(updateTypes, ", "))
	}
	policyOf := map[string]any{"ApplicationName": cloudformation.Ref(codeDeployID)}
	var hooks []any // what CodeDeploy may invoke
	for property, hook := range map[string]*sparta.LambdaAWSInfo{
		"BeforeAllowTrafficHook": d.pre, "AfterAllowTrafficHook": d.post,
	} {
		if hook == nil {
			continue
		}
		id := w.FunctionIDs[hook.Name()]
		if id == "" {
			return fmt.Errorf("CodeDeploy: the hook %s is not one of the service's functions: add it to them",
				hook.Name())
		}
		policyOf[property] = cloudformation.Ref(id)
	}
	for i, hook := range []*sparta.LambdaAWSInfo{d.pre, d.post} {
		if hook == nil || i > 0 && hook == d.pre {
			continue
		}
		hooks = append(hooks, cloudformation.GetAtt{w.FunctionIDs[hook.Name()], "Arn"})
		if err := allowReport(w.Template, hook, w.FunctionIDs[hook.Name()]); err != nil {
			return err
		}
	}
	err := errors.Join(
		w.Template.Add(codeDeployID, &cloudformation.Resource{
			Type: "AWS::CodeDeploy::Application", Properties: map[string]any{"ComputePlatform": "Lambda"},
		}),
		w.Template.Add(codeDeployRoleID, &cloudformation.Resource{
			Type: "AWS::IAM::Role", Properties: codeDeployRole(hooks),
		}),
	)
	for _, function := range d.functions {
		err = errors.Join(err, d.shift(w.Template, function, policyOf))
	}
	return err
}

// allowReport lets a hook report its result. An existing role has to allow it already.
func allowReport(template *cloudformation.Template, hook *sparta.LambdaAWSInfo, id string) error {
	if hook.RoleDefinition == nil {
		return nil
	}
	var policies []any
	var role *cloudformation.Resource
	if function := template.Resources[id]; function != nil {
		arn, _ := function.Properties["Role"].(cloudformation.GetAtt)
		role = template.Resources[arn[0]]
	}
	if role != nil {
		policies, _ = role.Properties["Policies"].([]any)
	}
	if len(policies) == 0 {
		return fmt.Errorf("CodeDeploy: the role of the hook %s has been replaced in the template: "+
			"set RoleName of the function to a role that allows %s", hook.Name(), reportAction)
	}
	role.Properties["Policies"] = append(policies, map[string]any{
		"PolicyName": "codedeploy",
		"PolicyDocument": policy(map[string]any{
			"Effect": "Allow", "Action": reportAction,
			"Resource": cloudformation.Sub("arn:${AWS::Partition}:codedeploy:${AWS::Region}:${AWS::AccountId}:" +
				"deploymentgroup:${" + codeDeployID + "}/*"),
		}),
	})
	return nil
}

// reportAction reports the result of a hook.
const reportAction = "codedeploy:PutLifecycleEventHookExecutionStatus"

// shift adds a function's deployment group, and lets it update the function's alias.
func (d *codeDeploy) shift(template *cloudformation.Template, w sparta.Workflow, policyOf map[string]any) error {
	alias := template.Resources[w.AliasID]
	if alias == nil {
		return fmt.Errorf("CodeDeploy: the template does not have alias %s of function %s", w.AliasID,
			w.Function.Name())
	}
	id := w.LogicalID + "DeploymentGroup"
	own := maps.Clone(policyOf)
	own["DeploymentGroupName"] = cloudformation.Ref(id)
	alias.UpdatePolicy = map[string]any{"CodeDeployLambdaAliasUpdate": own}
	events := []string{"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"}
	properties := map[string]any{
		"ApplicationName":      cloudformation.Ref(codeDeployID),
		"ServiceRoleArn":       cloudformation.GetAtt{codeDeployRoleID, "Arn"},
		"DeploymentConfigName": "CodeDeployDefault.Lambda" + d.updateType,
		"DeploymentStyle": map[string]any{
			"DeploymentType": "BLUE_GREEN", "DeploymentOption": "WITH_TRAFFIC_CONTROL",
		},
	}
	var alarms []any
	for _, alarm := range d.alarms {
		alarms = append(alarms, map[string]any{"Name": alarm})
	}
	if own := errorAlarmID(w.LogicalID); template.Resources[own] != nil {
		alarms = append(alarms, map[string]any{"Name": cloudformation.Ref(own)})
	}
	if len(alarms) > 0 {
		properties["AlarmConfiguration"] = map[string]any{"Enabled": true, "Alarms": alarms}
		events = append(events, "DEPLOYMENT_STOP_ON_ALARM")
	}
	properties["AutoRollbackConfiguration"] = map[string]any{"Enabled": true, "Events": events}
	return template.Add(id, &cloudformation.Resource{Type: "AWS::CodeDeploy::DeploymentGroup", Properties: properties})
}

// codeDeployRole is the role of CodeDeploy. AWS's policy for it allows only hooks whose names begin with
// CodeDeployHook_.
func codeDeployRole(hooks []any) map[string]any {
	properties := map[string]any{
		"AssumeRolePolicyDocument": policy(map[string]any{
			"Effect": "Allow", "Action": "sts:AssumeRole",
			"Principal": map[string]any{"Service": "codedeploy.amazonaws.com"},
		}),
		"ManagedPolicyArns": []any{
			cloudformation.Sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambda"),
		},
	}
	if len(hooks) > 0 {
		properties["Policies"] = []any{map[string]any{
			"PolicyName": "hooks",
			"PolicyDocument": policy(map[string]any{
				"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": hooks,
			}),
		}}
	}
	return properties
}
