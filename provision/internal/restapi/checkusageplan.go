package restapi

import "github.com/go-sparta/sparta/sparta"

func (c *checker) checkUsagePlans() {
	plans, keys := map[string]bool{}, map[string]*sparta.APIKey{}
	if len(c.API.UsagePlans) > 0 && c.API.Stage == nil {
		c.Reportf("UsagePlans limit the use of a stage, which the API does not have: set Stage")
	}
	for i, plan := range c.API.UsagePlans {
		if plan == nil || plan.Name == "" {
			c.Reportf("usage plan %d has no name: set Name", i+1)
			continue
		}
		where := "usage plan " + plan.Name + ": "
		if plans[plan.Name] {
			c.Reportf("%sthere are two of this name: rename one", where)
		}
		plans[plan.Name] = true
		c.CheckThrottling(where, plan.ThrottlingRateLimit, plan.ThrottlingBurstLimit)
		if quota := plan.Quota; quota != nil {
			if quota.Limit <= 0 {
				c.Reportf("%sQuota.Limit %d is not positive: use a number of requests, or no Quota", where, quota.Limit)
			}
			if quota.Offset < 0 || quota.Offset > quota.Limit {
				c.Reportf("%sQuota.Offset %d is out of range: use 0 to the limit, %d", where, quota.Offset, quota.Limit)
			}
			if quota.Period == "" {
				c.Reportf("%sQuota.Period is missing: use one of DAY, WEEK, MONTH", where)
			}
			c.OneOf(where, "Quota.Period", quota.Period, "DAY", "WEEK", "MONTH")
		}
		own := map[string]bool{}
		for n, key := range plan.APIKeys {
			if key == nil || key.Name == "" {
				c.Reportf("%sAPI key %d has no name: set Name", where, n+1)
				continue
			}
			if other := keys[key.Name]; own[key.Name] || other != nil && *other != *key {
				c.Reportf("%sthere are two different API keys named %s: rename one", where, key.Name)
			}
			keys[key.Name], own[key.Name] = key, true
		}
	}
}
