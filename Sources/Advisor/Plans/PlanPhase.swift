/// Which settings something is said of: those in force, or those with the whole plan in place.
package enum PlanPhase: String, Sendable { case current, planned }
