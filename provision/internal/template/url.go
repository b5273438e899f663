package template

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// url is the function's own address. It serves the alias where there is one.
type url struct{ absent }

func (u url) addTo(template *cloudformation.Template, f function) error {
	options := f.options.FunctionURL
	if options == nil {
		return nil
	}
	id, authType := u.id(f), cmp.Or(options.AuthType, "AWS_IAM")
	resource := &cloudformation.Resource{
		Type:       "AWS::Lambda::Url",
		Properties: map[string]any{"TargetFunctionArn": f.ref(), "AuthType": authType},
	}
	callee := f.ref()
	if alias := f.options.AliasName(); alias != "" {
		callee = cloudformation.Ref(f.aliasID())
		resource.Properties["Qualifier"] = alias
		resource.DependsOn = []string{f.aliasID()}
	}
	if options.Cors != nil {
		resource.Properties["Cors"] = cors(*options.Cors)
	}
	if err := template.Add(id, resource); err != nil || authType != "NONE" {
		return err
	}
	// Public access requires both permissions.
	err := template.Add(id+"Permission", permission(callee, map[string]any{
		"Action": "lambda:InvokeFunctionUrl", "FunctionUrlAuthType": "NONE",
	}))
	if err != nil {
		return err
	}
	return template.Add(id+"InvokePermission", permission(callee, map[string]any{
		"Action": "lambda:InvokeFunction", "InvokedViaFunctionUrl": true,
	}))
}

func (url) id(f function) string { return f.id + "Url" }

func (url) permissions() []string {
	return []string{
		"lambda:CreateFunctionUrlConfig", "lambda:GetFunctionUrlConfig",
		"lambda:UpdateFunctionUrlConfig", "lambda:DeleteFunctionUrlConfig",
		"lambda:AddPermission", "lambda:RemovePermission",
	}
}

func (u url) outputs(f function) []output {
	if f.options.FunctionURL == nil {
		return nil
	}
	return []output{{unguessable, u.id(f), cloudformation.Output{
		Description: "URL of " + f.info.Name(),
		Value:       cloudformation.GetAtt{u.id(f), "FunctionUrl"},
	}}}
}

func (url) neighbours(f function) []show.Neighbour {
	options := f.options.FunctionURL
	if options == nil {
		return nil
	}
	return []show.Neighbour{{
		Invokes:  true,
		Name:     "url " + f.info.Name(),
		Title:    "Function URL",
		Subtitle: authorization(options),
		Open:     options.AuthType == "NONE",
		Request:  show.URLRequest,
	}}
}

func (url) facts(f function) []show.Fact {
	options := f.options.FunctionURL
	if options == nil {
		return nil
	}
	facts := []show.Fact{{Name: "URL", Value: authorization(options)}}
	if options.Cors == nil {
		return facts
	}
	for _, rule := range []struct {
		name   string
		values []string
	}{
		{"URL's origins", options.Cors.AllowOrigins},
		{"URL's methods for other origins", options.Cors.AllowMethods},
		{"URL's headers for other origins", options.Cors.AllowHeaders},
		{"URL's headers that other origins see", options.Cors.ExposeHeaders},
	} {
		if len(rule.values) > 0 {
			facts = append(facts, show.Fact{Name: rule.name, Value: strings.Join(rule.values, ", ")})
		}
	}
	if options.Cors.AllowCredentials {
		facts = append(facts, show.Fact{Name: "URL's credentials for other origins", Value: "allowed"})
	}
	if options.Cors.MaxAge != 0 {
		facts = append(facts, show.Fact{
			Name: "URL's rules remembered", Value: fmt.Sprintf("%d s", options.Cors.MaxAge),
		})
	}
	return facts
}

// authorization says who may call a function's URL.
func authorization(url *sparta.LambdaFunctionURL) string {
	if url.AuthType == "NONE" {
		return "open to everybody"
	}
	return "signed requests only (AWS_IAM)"
}

// permission lets everybody call a function in the ways that properties say.
func permission(callee cloudformation.Ref, properties map[string]any) *cloudformation.Resource {
	properties["FunctionName"] = callee
	properties["Principal"] = "*"
	return &cloudformation.Resource{Type: "AWS::Lambda::Permission", Properties: properties}
}

func cors(c sparta.LambdaFunctionURLCors) map[string]any {
	properties := map[string]any{}
	for name, values := range map[string][]string{
		"AllowOrigins":  c.AllowOrigins,
		"AllowMethods":  c.AllowMethods,
		"AllowHeaders":  c.AllowHeaders,
		"ExposeHeaders": c.ExposeHeaders,
	} {
		if len(values) > 0 {
			properties[name] = values
		}
	}
	if c.AllowCredentials {
		properties["AllowCredentials"] = true
	}
	if c.MaxAge != 0 {
		properties["MaxAge"] = c.MaxAge
	}
	return properties
}
