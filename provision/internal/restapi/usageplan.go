package restapi

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

func planID(plan *sparta.UsagePlan) string {
	return gateway + "UsagePlan" + apipart.Identity(plan.Name)
}

func keyID(key *sparta.APIKey) string { return gateway + "Key" + apipart.Identity(key.Name) }

// addUsagePlans adds the plans and their keys.
func (b *builder) addUsagePlans() {
	for _, plan := range b.api.UsagePlans {
		properties := map[string]any{
			"UsagePlanName": plan.Name,
			"Description":   plan.Description,
			"ApiStages": []any{map[string]any{
				"ApiId": cloudformation.Ref(gateway), "Stage": cloudformation.Ref(stageID),
			}},
			"Throttle": apipart.Given(map[string]any{
				"RateLimit": plan.ThrottlingRateLimit, "BurstLimit": plan.ThrottlingBurstLimit,
			}),
		}
		if quota := plan.Quota; quota != nil {
			properties["Quota"] = apipart.Given(map[string]any{
				"Limit": quota.Limit, "Period": quota.Period, "Offset": quota.Offset,
			})
		}
		b.add(planID(plan), "UsagePlan", properties)
		for _, key := range plan.APIKeys {
			if b.template.Resources[keyID(key)] == nil { // a key may be in several plans
				b.addKey(key)
			}
			b.add(planID(plan)+apipart.Identity(key.Name), "UsagePlanKey", map[string]any{
				"UsagePlanId": cloudformation.Ref(planID(plan)),
				"KeyId":       cloudformation.Ref(keyID(key)),
				"KeyType":     "API_KEY",
			})
		}
	}
}

func (b *builder) addKey(key *sparta.APIKey) {
	b.add(keyID(key), "ApiKey", map[string]any{
		"Name":        cloudformation.Sub("${AWS::StackName}-" + key.Name),
		"Description": key.Description,
		"Enabled":     !key.Disabled,
	})
}
