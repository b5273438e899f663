package restapi

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/sparta"
)

// builtIn reports whether a model is one that each API has from the start.
func builtIn(model *sparta.Model) bool {
	return model.Schema == "" && (model.Name == "Empty" || model.Name == "Error")
}

func modelID(model *sparta.Model) string { return gateway + "Model" + model.Name }

// usedModel is a model with the place where a method names it.
type usedModel struct {
	contentType string
	*sparta.Model
}

// modelsOf are the models of a method's requests and responses.
func modelsOf(method *sparta.Method) []usedModel {
	var list []usedModel
	collect := func(models map[string]*sparta.Model) {
		for _, contentType := range slices.Sorted(maps.Keys(models)) {
			list = append(list, usedModel{contentType, models[contentType]})
		}
	}
	collect(method.Models)
	for _, code := range slices.Sorted(maps.Keys(method.Responses)) {
		if method.Responses[code] != nil {
			collect(method.Responses[code].Models)
		}
	}
	return list
}

// addModels adds the models that methods name.
func (b *builder) addModels() {
	for _, route := range apiroutes.Routes(b.api) {
		for _, model := range modelsOf(route.Method) {
			if builtIn(model.Model) || b.template.Resources[modelID(model.Model)] != nil {
				continue
			}
			b.add(modelID(model.Model), "Model", map[string]any{
				"RestApiId":   cloudformation.Ref(gateway),
				"Name":        model.Name,
				"Description": model.Description,
				"ContentType": model.contentType,
				"Schema":      json.RawMessage(model.Schema),
			})
		}
	}
}

// models are references to models, by content type.
func models(of map[string]*sparta.Model) map[string]any {
	list := map[string]any{}
	for contentType, model := range of {
		list[contentType] = model.Name
		if !builtIn(model) {
			list[contentType] = cloudformation.Ref(modelID(model))
		}
	}
	return list
}

// validatorID is the logical ID of what rejects requests for a method; empty if nothing does.
func validatorID(method *sparta.Method) string {
	switch {
	case method.ValidateBody && method.ValidateParameters:
		return gateway + "ValidatorAll"
	case method.ValidateBody:
		return gateway + "ValidatorBody"
	case method.ValidateParameters:
		return gateway + "ValidatorParameters"
	}
	return ""
}

func validatorOf(method *sparta.Method) any {
	if id := validatorID(method); id != "" {
		return cloudformation.Ref(id)
	}
	return nil
}

// addValidators adds the validators that reject requests.
func (b *builder) addValidators() {
	for _, route := range apiroutes.Routes(b.api) {
		id := validatorID(route.Method)
		if id == "" || b.template.Resources[id] != nil {
			continue
		}
		b.add(id, "RequestValidator", map[string]any{
			"RestApiId":                 cloudformation.Ref(gateway),
			"ValidateRequestBody":       route.Method.ValidateBody,
			"ValidateRequestParameters": route.Method.ValidateParameters,
		})
	}
}
