int cprofiles_placeholder(void);
