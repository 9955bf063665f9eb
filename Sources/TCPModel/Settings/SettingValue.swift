/// A setting and the number it holds.
package struct SettingValue: Hashable, Sendable {
  package let setting: Setting
  package let value: Int

  package init(_ setting: Setting, _ value: Int) {
    (self.setting, self.value) = (setting, value)
  }
}
